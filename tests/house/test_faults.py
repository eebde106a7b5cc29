"""What goes wrong is answered in words."""

import pytest
from django.test import Client

from medtrud.project import urls


def test_a_defect_is_a_page_with_a_number_and_the_number_is_in_the_log(monkeypatch, caplog):
    def fall() -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(urls, "connection", type("Broken", (), {"cursor": staticmethod(fall)}))
    answer = Client(raise_request_exception=False).get("/health")
    text = answer.content.decode()
    assert answer.status_code == 500
    assert "ZeroDivisionError" not in text
    number = text.split("Номер случая: <b>")[1].split("<")[0]
    assert number in caplog.text


@pytest.mark.django_db
def test_a_form_without_its_sign_is_told_to_be_old():
    answer = Client(enforce_csrf_checks=True).post("/ui/look/", {"density": "compact"})
    assert answer.status_code == 403
    assert "Форма устарела" in answer.content.decode()


@pytest.mark.django_db
def test_a_wrong_host_is_a_request_nobody_can_read():
    answer = Client().get("/health", headers={"Host": "elsewhere.example"})
    assert answer.status_code == 400
    assert "Запрос не разобран" in answer.content.decode()
