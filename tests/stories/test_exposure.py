"""What a life at work has left: the worker, the doctor and the employer read one exposure, each his own part."""

from playwright.sync_api import Page, expect

from .browser import look, sign_in


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
