"""The desk of the archive.

Requirements: U2, D7.
"""

from medtrud.kernel.actor import Desk, MenuItem, Role

DESK = Desk(
    role=Role.ARCHIVE,
    title="Архив",
    permissions=frozenset(
        {
            "archive.desk",
            "documents.case_list",
            "documents.case_pack",
            "documents.container_open",
            "documents.destruction_approve",
            "documents.destruction_carry_out",
            "documents.destruction_list",
            "documents.destruction_open",
            "documents.document",
            "documents.document_list",
            "documents.heading_drop",
            "documents.heading_list",
            "documents.heading_set",
            "documents.hold_end",
            "documents.hold_set",
            "documents.issue_list",
            "documents.issue_make",
            "documents.issue_open",
            "documents.medium_add",
            "documents.medium_check",
            "documents.medium_end",
            "documents.medium_list",
            "documents.medium_move",
            "documents.medium_write",
            "documents.nomenclature_approve",
            "documents.nomenclature_open",
            "documents.package_make",
            "documents.request_list",
            "documents.request_refuse",
            "documents.request_sign",
            "documents.request_sign_own",
            "documents.requests_sign",
            "documents.transfer_accept",
            "documents.transfer_checked",
            "documents.transfer_offer",
            "documents.transfer_open",
            "documents.vessel_check",
            "documents.vessels_stamp",
            "documents.year_close",
            "files.file_destroy",
        }
    ),
    menu=(
        MenuItem("Сегодня", "archive:desk", "home", "KeyH", "archive.desk"),
        MenuItem("Дела", "documents:case_list", "archive", "KeyD", "documents.case_list"),
        MenuItem("Описи и передача", "documents:inventory_list", "list-check", "KeyO", "documents.case_list"),
        MenuItem("На подписи", "documents:request_list", "signature", "KeyS", "documents.request_list"),
        MenuItem("Читальный зал", "documents:item_list", "search", "KeyR", "documents.case_list"),
        MenuItem("Выдача", "documents:issue_list", "file-export", "KeyI", "documents.issue_list"),
        MenuItem("Номенклатура дел", "documents:heading_list", "folders", "KeyN", "documents.heading_list"),
        MenuItem("Носители", "documents:medium_list", "device-floppy", "KeyM", "documents.medium_list"),
        MenuItem("Уничтожение", "documents:destruction_list", "trash", "KeyU", "documents.destruction_list"),
        MenuItem("Документы", "documents:document_list", "files", "KeyF", "documents.document_list"),
    ),
)
