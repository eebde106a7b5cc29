"""The clinic counts what it has done, draws up the papers, hands them over; what is late is told."""

from medtrud.domains.documents.models import Document

from .browser import look, sign_in


def test_services_become_papers_and_what_has_no_price_is_told(page):
    sign_in(page, "clinic")
    page.goto("/exams/prices/")
    look(page, "prices")
    page.goto("/exams/services/")
    look(page, "services-list")
    page.locator("tbody a", has_text="ВСЗ").first.click()
    page.get_by_role("heading", name="Услуги: АО «ВСЗ»").wait_for()
    assert page.get_by_text("нет данных").count() == 0
    look(page, "services")
    page.locator("tr", has_text="Счёт").get_by_role("button").click()
    page.get_by_text("Файл не отличается").first.wait_for()  # nothing has changed since it was drawn up
    page.goto("/exams/services/")
    page.locator("tbody a", has_text="ВГБ").first.click()
    page.get_by_text("Не на все услуги есть цены").wait_for()
    look(page, "services-unpriced")


def test_papers_are_handed_over_and_the_late_ones_stand_on_the_first_page(page):
    sign_in(page, "clinic")
    page.goto("/clinic/")
    page.get_by_text("просрочена передача").wait_for()
    look(page, "clinic-desk-accounting")
    page.goto("/documents/accounting/?tab=overdue")
    page.get_by_text("просрочен", exact=True).first.wait_for()
    look(page, "accounting-overdue")
    row = Document.objects.unscoped("story").filter(kind="examined_register", module="exams").first()
    page.goto(f"/documents/{row.uid}/accounting/")
    look(page, "accounting-hand")
    page.get_by_role("button", name="Передать и закрыть реквизиты").click()
    page.get_by_text("Документ передан в бухгалтерию в срок").first.wait_for()
    page.goto("/documents/accounting/?tab=handed")
    page.get_by_text("передан в срок").first.wait_for()
    look(page, "accounting-handed")
    page.goto("/documents/accounting/months/")
    look(page, "accounting-months")
