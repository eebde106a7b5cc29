"""The worker's own cabinet: what to do next, what was found, who looked.

Requirements: U2, R1, R3, R9.
"""

from medtrud.kernel.actor import Desk, MenuItem, Role

DESK = Desk(
    role=Role.WORKER,
    title="Кабинет работника",
    permissions=frozenset(
        {
            "absences.absence_list",
            "absences.absence_open",
            "documents.acquaintance_mine",
            "documents.acquaintance_read",
            "documents.acquaintance_sign",
            "documents.acquaintance_sign_own",
            "documents.document",
            "documents.document_copy",
            "documents.document_list",
            "documents.document_open",
            "documents.paper_copy_ask",
            "documents.paper_copy_list",
            "exams.admission_list",
            "exams.conclusion_list",
            "exams.conclusion_medical",
            "exams.conclusion_print",
            "exams.extract_print",
            "exams.further_exam_print",
            "exams.line_list",
            "exams.referral_list",
            "exams.referral_print",
            "exams.visit_list",
            "hazards.exposure_print",
            "hazards.exposure_show",
            "people.card_open",
            "record.entry_open",
            "record.timeline_open",
            "record.timeline_print",
            "risk.own_list",
            "worker.access_list",
            "worker.card",
            "worker.desk",
            "worker.exam",
            "worker.exam_list",
            "worker.referral",
            "worker.work",
        }
    ),
    menu=(
        MenuItem("Главная", "worker:desk", "home", "KeyH", "worker.desk"),
        MenuItem("Осмотры", "worker:exam_list", "stethoscope", "KeyE", "worker.exam_list"),
        MenuItem("Карта", "record:mine", "timeline", "KeyK", "record.timeline_open"),
        MenuItem("Прогноз", "risk:own_list", "chart-line", "KeyP", "risk.own_list"),
        MenuItem("Работа", "worker:work", "briefcase", "KeyW", "worker.work"),
        MenuItem("Что накопилось", "hazards:exposure_mine", "wave-sine", "", "hazards.exposure_show"),
        MenuItem("Сообщения", "messages:notice_list", "message", "KeyM", "messages.notice_list"),
        MenuItem("Кто открывал", "worker:access_list", "eye-check", "KeyA", "worker.access_list"),
        MenuItem("Мои данные", "worker:card", "id", "KeyD", "worker.card"),
        MenuItem(
            "Ознакомление", "documents:acquaintance_mine", "checklist", "", "documents.acquaintance_mine"
        ),
        MenuItem("Больничные", "absences:absence_list", "calendar-x", "", "absences.absence_list"),
    ),
)
