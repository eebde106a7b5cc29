"""The desk of the clinic: registrar, doctor, administrator.

Requirements: U2.
"""

from medtrud.kernel.actor import Desk, MenuItem, Role

DESK = Desk(
    role=Role.CLINIC,
    title="АРМ медицинской организации",
    permissions=frozenset(
        {
            "clinic.desk",
            "exams.agreement_list",
            "exams.bench",
            "exams.campaign_agree",
            "exams.draft_save",
            "exams.exam",
            "exams.exam_list",
            "exams.exam_not_completed",
            "exams.exam_not_passed",
            "exams.exam_plan",
            "exams.exam_resume",
            "exams.exam_start",
            "exams.exams_plan",
            "exams.line_add",
            "exams.line_cancel",
            "exams.line_require",
            "exams.queue",
            "exams.result_record",
            "exams.results_record",
            "exams.route",
            "organizations.accreditation_add",
            "organizations.commission_close",
            "organizations.commission_list",
            "organizations.commission_open",
            "organizations.contract_close",
            "organizations.contract_list",
            "organizations.contract_open",
            "organizations.department_close",
            "organizations.department_list",
            "organizations.department_open",
            "organizations.licence_add",
            "organizations.licence_list",
            "organizations.organization_list",
            "organizations.organization_show",
            "organizations.requisites_change",
            "organizations.room_close",
            "organizations.room_list",
            "organizations.room_open",
            "organizations.staff_close",
            "organizations.staff_list",
            "organizations.staff_open",
            "organizations.staff_take",
            "people.card_open",
            "people.double_dismiss",
            "people.double_list",
            "people.doubles_find",
            "people.person_change",
            "people.person_list",
            "people.person_register",
            "people.persons_merge",
            "people.persons_register_many",
            "people.persons_unmerge",
            "record.entries_add_many",
            "record.entry_add",
            "record.entry_open",
            "record.timeline_open",
            "reference.book_list",
            "reference.code_search",
        }
    ),
    menu=(
        MenuItem("Сегодня", "clinic:desk", "home", "KeyH", "clinic.desk"),
        MenuItem("Моя очередь", "exams:queue", "stethoscope", "KeyQ", "exams.queue"),
        MenuItem("Осмотры", "exams:exam_list", "list-check", "KeyE", "exams.exam_list"),
        MenuItem("Ввод таблицей", "exams:bench", "table", "KeyT", "exams.bench"),
        MenuItem("Кампании", "exams:agreement_list", "calendar-stats", "KeyP", "exams.agreement_list"),
        MenuItem("Сотрудники", "organizations:staff_list", "id-badge-2", "KeyS", "organizations.staff_list"),
        MenuItem(
            "Комиссия",
            "organizations:commission_list",
            "users-group",
            "KeyV",
            "organizations.commission_list",
        ),
        MenuItem(
            "Договоры", "organizations:contract_list", "signature", "KeyC", "organizations.contract_list"
        ),
        MenuItem(
            "Отделения", "organizations:department_list", "sitemap", "KeyU", "organizations.department_list"
        ),
        MenuItem(
            "Кабинеты", "organizations:room_list", "building-hospital", "KeyR", "organizations.room_list"
        ),
        MenuItem("Лицензии", "organizations:licence_list", "license", "KeyL", "organizations.licence_list"),
        MenuItem(
            "Организации",
            "organizations:organization_list",
            "building-factory-2",
            "KeyM",
            "organizations.organization_list",
        ),
        MenuItem(
            "Своя организация",
            "organizations:organization_own",
            "building",
            "KeyO",
            "organizations.organization_show",
        ),
    ),
)
