"""Addresses of cards and reports."""

from django.urls import path

from . import sout_cards, sout_codes, sout_details, sout_edit, sout_imports, sout_readers, sout_reports

urlpatterns = [
    path("cards/", sout_cards.sout_card_list, name="sout_card_list"),
    path("cards/new/", sout_edit.sout_card_new, name="sout_card_new"),
    path("cards/derive/", sout_edit.sout_card_derive, name="sout_card_derive"),
    path("cards/export/", sout_details.sout_export_show, name="sout_export_show"),
    path("cards/export/file/", sout_details.sout_export_file, name="sout_export_file"),
    path("cards/codes/", sout_codes.sout_codes_list, name="sout_codes_list"),
    path("cards/readers/", sout_readers.sout_reader_list, name="sout_reader_list"),
    path("cards/readers/record/", sout_readers.sout_acquaint_many, name="sout_acquaint_many"),
    path("cards/<uuid:uid>/", sout_cards.sout_card_show, name="sout_card_show"),
    path("cards/<uuid:uid>/change/", sout_edit.sout_card_change, name="sout_card_change"),
    path("cards/<uuid:uid>/details/", sout_details.sout_card_complete, name="sout_card_complete"),
    path("cards/<uuid:uid>/codes/", sout_codes.sout_codes_confirm, name="sout_codes_confirm"),
    path("cards/<uuid:uid>/readers/", sout_edit.sout_acquaint, name="sout_acquaint"),
    path("cards/<uuid:uid>/print/", sout_edit.sout_card_print, name="sout_card_print"),
    path("reports/", sout_reports.sout_report_list, name="sout_report_list"),
    path("reports/upload/", sout_imports.sout_upload, name="sout_upload"),
    path("reports/files/", sout_imports.sout_import_list, name="sout_import_list"),
    path("reports/files/<uuid:uid>/", sout_imports.sout_import_show, name="sout_import_show"),
    path(
        "reports/files/<uuid:uid>/progress/", sout_imports.sout_import_progress, name="sout_import_progress"
    ),
    path("reports/files/<uuid:uid>/take/", sout_imports.sout_take, name="sout_take"),
    path("reports/files/<uuid:uid>/undo/", sout_imports.sout_take_back, name="sout_take_back"),
    path("reports/<uuid:uid>/head/", sout_details.sout_head_set, name="sout_head_set"),
    path("reports/<uuid:uid>/", sout_reports.sout_report_show, name="sout_report_show"),
    path("reports/<uuid:uid>/summary/", sout_edit.sout_summary_print, name="sout_summary_print"),
]
