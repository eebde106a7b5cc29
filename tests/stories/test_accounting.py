"""The clinic counts what it has done, draws up a bill, signs it and hands it over."""

from medtrud.domains.documents.models import Document

from .browser import look, sign_in


def test_services_become_a_bill_that_is_signed_and_handed_over(page):
    sign_in(page, "clinic")
    page.goto("/exams/prices/")
    look(page, "prices")
    page.goto("/exams/services/")
    look(page, "services-list")
    page.locator("tbody a", has_text="ВСЗ").first.click()
    page.get_by_role("heading", name="Услуги: АО «ВСЗ»").wait_for()
    look(page, "services")
    sum_said = page.locator(".stats .stat, .stats a, .stats > *").last.inner_text()
    assert "нет данных" not in sum_said
    bill = page.locator("tr", has_text="Счёт")
    bill.get_by_role("button").click()
    page.get_by_text("Зарегистрируйте и подпишите").or_(page.get_by_text("не отличается")).first.wait_for()
    page.goto("/exams/services/")
    page.locator("tbody a", has_text="ВГБ").first.click()
    page.get_by_text("Не на все услуги есть цены").wait_for()
    look(page, "services-unpriced")
    page.goto("/documents/accounting/?tab=overdue")
    page.get_by_text("просрочен").first.wait_for()
    look(page, "accounting-overdue")
    row = Document.objects.unscoped("story").filter(kind="examined_register", module="exams").first()
    page.goto(f"/documents/{row.uid}/accounting/")
    page.get_by_role("button", name="Передать и закрыть реквизиты").click()
    page.get_by_text("Документ передан в бухгалтерию в срок").first.wait_for()
    page.goto("/documents/accounting/?tab=handed")
    page.get_by_text("передан в срок").first.wait_for()
    look(page, "accounting-handed")
    page.goto("/documents/accounting/months/")
    look(page, "accounting-months")
    page.goto("/clinic/")
    page.get_by_text("просрочена передача").wait_for()
    look(page, "clinic-desk-accounting")
