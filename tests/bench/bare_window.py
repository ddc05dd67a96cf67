"""The floor of the start: a bare window with the widgets of the log-in, painted into a picture; a program by itself."""

from __future__ import annotations

import sys

from PySide6.QtWidgets import QApplication, QFormLayout, QLabel, QLineEdit, QListWidget, QPushButton, QWidget


def main(picture: str) -> int:
    """Show, paint once, save, leave."""
    application = QApplication(sys.argv[:1])
    application.setStyle("Fusion")
    window = QWidget()
    window.resize(1366, 768)
    form = QFormLayout(window)
    officers = QListWidget()
    officers.addItems([f"Cán bộ {number}" for number in range(6)])
    form.addRow(officers)
    for label in ("Tên", "Mã PIN", "Quầy", "Đơn vị"):
        form.addRow(QLabel(label), QLineEdit())
    form.addRow(QPushButton("Đăng nhập"))
    window.show()
    application.processEvents()
    return 0 if window.grab().save(picture) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
