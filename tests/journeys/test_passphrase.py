"""A real desk on a PC without a key store: enrolled, closed, opened again, all by the keyboard."""

from __future__ import annotations

import json
from pathlib import Path

import psycopg
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from desk_app.system import resources
from desk_app.wiring import secrets
from sync.centre.enrol import add_unit
from tests.journeys.clock import DeskClock
from tests.journeys.desk_driver import DeskDriver
from tests.journeys.main_job import MONDAY
from tests.sync.server import CentreProcess

PHRASE = "con cò bay lả"


def _office(centre: CentreProcess) -> str:
    unit = centre.new_unit()
    profile = json.loads(resources.path("units", "hoa-mau.json").read_text(encoding="utf-8"))
    with psycopg.connect(centre.postgresql.url) as db:
        return add_unit(db, {**profile, "code": unit, "sample": False})


def test_an_officer_of_a_pc_without_a_key_store_signs_in_again_after_a_restart(
    app: QApplication, centre: CentreProcess, data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(secrets, "os_keystore", lambda: None)
    code = centre.code(_office(centre))
    with DeskDriver(data_dir, real=True, clock=DeskClock(MONDAY), loaded=False) as desk:
        desk.wait_for("Đăng ký máy này", "Cụm mật khẩu")
        for text in (centre.url, code, "Lê Thị Hạnh", "ngắn quá", "ngắn quá"):
            desk.type(text, gap_ms=5)
            desk.key(Qt.Key.Key_Return)
        desk.wait_for("DN-08")
        for text in (PHRASE, PHRASE):
            desk.ctrl(Qt.Key.Key_A)
            desk.type(text, gap_ms=40)
            desk.key(Qt.Key.Key_Return)
        desk.wait_for("Chọn tên rồi nhập cụm mật khẩu", "Lê Thị Hạnh")
        desk.type(PHRASE)
        desk.key(Qt.Key.Key_Return)
        desk.wait_for("Đã tiếp nhận hôm nay")
    with DeskDriver(data_dir, real=True, clock=DeskClock(MONDAY)) as desk:
        desk.wait_for("Chọn tên rồi nhập cụm mật khẩu", "Lê Thị Hạnh")
        desk.type("con cò bay mất")
        desk.key(Qt.Key.Key_Return)
        desk.wait_for("DN-01", "còn 4 lần")
        desk.type(PHRASE)
        desk.key(Qt.Key.Key_Return)
        desk.wait_for("Đã tiếp nhận hôm nay")
