"""What a life at work has left: the worker, the doctor and the employer read one exposure, each his own part."""

from playwright.sync_api import Locator, Page, expect

from .browser import look, sign_in

MINE = "/hazards/exposure/mine/?on=01.09.2026"
EARLIER = {
    "employer": "Кузница «Молот»", "post": "Кузнец", "since": "01.09.1995", "last": "31.08.1998",
    "document": "трудовая книжка, запись 1", "value_0": "102",
}  # fmt: skip


def test_a_worker_reads_what_his_work_has_left(page: Page):
    sign_in(page, "gromov")
    page.goto("/hazards/exposure/mine/?on=01.09.2026")
    expect(page.get_by_role("heading", name="Моя экспозиция")).to_be_visible()
    expect(page.get_by_text("шум в среднем был 91 дБА за смену", exact=False)).to_be_visible()
    page.get_by_text("Средний уровень за стаж, LEX,8h:").click()
    expect(page.get_by_text("Σ t = 9 621 дн.", exact=False).first).to_be_visible()
    look(page, "exposure-worker", full=True)


def test_a_doctor_finds_the_group_and_the_person(page: Page):
    sign_in(page, "commission")
    page.goto("/hazards/exposure/")
    look(page, "exposure-group")
    page.goto("/hazards/exposure/?q=Громов")
    page.get_by_role("link", name="Громов Николай Петрович").click()
    expect(page.get_by_text("Леспромхоз", exact=False).first).to_be_attached()
    look(page, "exposure-doctor", full=True)


def test_an_employer_sees_his_own_places_only(page: Page):
    sign_in(page, "employer")
    page.goto("/hazards/exposure/?q=Громов")
    page.get_by_role("link", name="Громов Николай Петрович").click()
    expect(page.get_by_text("Показаны только ваши рабочие места", exact=False)).to_be_visible()
    expect(page.get_by_text("Леспромхоз")).to_have_count(0)
    look(page, "exposure-employer", full=True)


def test_a_sick_leave_lowers_the_harmful_seniority_by_exactly_its_days(page: Page) -> None:
    sign_in(page, "gromov")
    page.goto(MINE)
    expect(harmful(page)).to_contain_text("9 803 дня")

    sign_in(page, "employer")
    page.goto("/absences/add/")
    page.locator("#id_worker").press_sequentially("Громов")
    page.get_by_role("option", name="Громов Николай Петрович").click()
    page.select_option("#id_why", label="01 Заболевание")
    page.locator("#id_since").fill("02.03.2026")
    page.locator("#id_last").fill("11.03.2026")
    look(page, "exposure-leave")
    page.get_by_role("button", name="Записать").click()
    expect(page.get_by_text("Отсутствие записано.")).to_be_visible()

    sign_in(page, "gromov")
    page.goto(MINE)
    expect(harmful(page)).to_contain_text("9 793 дня")


def test_an_earlier_job_written_by_the_clinic_changes_dose_and_trajectory(page: Page) -> None:
    sign_in(page, "commission")
    page.goto("/hazards/exposure/?q=Громов")
    page.get_by_role("link", name="Громов Николай Петрович").click()
    page.get_by_role("link", name="Прежняя работа").click()
    for name, value in EARLIER.items():
        page.locator(f"#id_{name}").fill(value)
    page.locator("#id_code_0").press_sequentially("4.4")
    page.get_by_role("option", name="4.4").first.click()
    look(page, "exposure-past", full=True)
    page.get_by_role("button", name="Записать").click()
    expect(page.get_by_text("Прежняя работа записана, экспозиция пересчитана.")).to_be_visible()
    look(page, "exposure-past-counted", full=True)

    sign_in(page, "gromov")
    page.goto(MINE)
    expect(page.get_by_text("шум в среднем был 95 дБА за смену", exact=False)).to_be_visible()
    page.goto("/record/mine/")
    expect(page.get_by_text("Кузница", exact=False).first).to_be_attached()
    look(page, "exposure-trajectory")


def harmful(page: Page) -> Locator:
    return page.locator(".stats > *").filter(has_text="Вредный стаж")
