"""The command: ``python -m sync.checker [--centre-key HEX] FILE…``."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from sync.checker.check import Summary, check_file
from sync.checker.wrong import Wrong


def main(arguments: Sequence[str] | None = None) -> int:
    """Check every file; answers 0 when all are whole."""
    parser = argparse.ArgumentParser(prog="receipt-check", description="Kiểm tra tệp xuất sổ biên lai.")
    parser.add_argument(
        "files", nargs="+", type=Path, metavar="FILE", help="tệp .zip do máy quầy xuất, hoặc tệp .jsonl"
    )
    parser.add_argument(
        "--centre-key", default="", metavar="HEX", help="khóa công khai của máy chủ cấp trên, 64 chữ số"
    )
    given = parser.parse_args(arguments)
    worst = 0
    for file in given.files:
        try:
            print(f"{file.name}: ĐẠT. {_words(check_file(file, given.centre_key))}")
        except Wrong as wrong:
            print(f"{file.name}: KHÔNG ĐẠT. {wrong}")
            worst = 1
        except OSError as error:
            print(f"{file.name}: không đọc được ({error.strerror or type(error).__name__}).")
            worst = 1
    return worst


def _words(s: Summary) -> str:
    money = f"{s.sum_vnd:,}".replace(",", ".")
    text = (
        f"{s.records} mục, {s.receipts} biên lai, {money} đồng; thay thế {s.replaced}, xóa bỏ {s.voided}, "
        f"khóa sổ {s.closings} lần, đã ký số {s.signed}."
    )
    if not s.desk_signed:
        text += " Tệp không có chữ ký của máy quầy."
    if s.acked:
        text += f" Máy chủ cấp trên đã xác nhận đến mục {s.acked}."
    return text


if __name__ == "__main__":
    sys.exit(main())
