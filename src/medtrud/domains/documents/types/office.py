"""The office of any organization: what whoever keeps its papers may do, and the lines of the side bar.

The desks of the employer, the clinic and the commission hold it whole and add their own.
"""

from medtrud.kernel.actor import MenuItem

PAPERS = "Документы"

OFFICE = frozenset(
    {
        "documents.accounting_list",
        "documents.acquaintance_list",
        "documents.acquaintance_open",
        "documents.acquaintance_paper",
        "documents.document",
        "documents.document_annul",
        "documents.document_copy",
        "documents.document_create",
        "documents.document_hand",
        "documents.document_list",
        "documents.document_open",
        "documents.document_register",
        "documents.document_release",
        "documents.documents_copy",
        "documents.month_pack",
        "documents.paper_copy_ask",
        "documents.paper_copy_issue",
        "documents.paper_copy_list",
        "documents.paper_copy_print",
        "documents.paper_copy_refuse",
        "documents.papers_file",
        "documents.passage_start",
        "documents.passage_stop",
        "documents.register_list",
        "documents.register_print",
        "documents.request_list",
        "documents.request_refuse",
        "documents.request_sign",
        "documents.request_sign_own",
        "documents.requests_sign",
        "documents.route",
        "documents.route_end",
        "documents.route_list",
        "documents.route_open",
        "documents.route_start",
        "documents.route_step_add",
        "documents.route_step_remove",
        "documents.scheme_list",
        "documents.scheme_set",
        "documents.signature_request",
        "documents.step_decide",
        "documents.step_list",
        "documents.substitution_end",
        "documents.substitution_list",
        "documents.substitution_set",
        "documents.task_close",
        "documents.task_give",
        "documents.task_list",
        "documents.version_add",
    }
)

OFFICE_MENU = (
    MenuItem("Документы", "documents:document_list", "files", "", "documents.document_list", group=PAPERS),
    MenuItem("Журналы", "documents:registers", "notebook", "", "documents.register_list", group=PAPERS),
    MenuItem("На подписи", "documents:request_list", "signature", "", "documents.request_list", group=PAPERS),
    MenuItem("На рассмотрении", "documents:step_list", "inbox", "", "documents.step_list", group=PAPERS),
    MenuItem("Поручения", "documents:task_list", "checklist", "", "documents.task_list", group=PAPERS),
    MenuItem(
        "Ознакомление",
        "documents:acquaintance_list",
        "users",
        "",
        "documents.acquaintance_list",
        group=PAPERS,
    ),
    MenuItem(
        "Бухгалтерия", "documents:accounting_list", "receipt", "", "documents.accounting_list", group=PAPERS
    ),
    MenuItem(
        "Копии на бумаге",
        "documents:paper_copy_list",
        "printer",
        "",
        "documents.paper_copy_list",
        group=PAPERS,
    ),
)
