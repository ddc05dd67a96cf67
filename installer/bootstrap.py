"""The one script of this checkout: ``python3 installer/bootstrap.py VERB``.

Standard library only, for whatever Python a new machine offers. This file must stay readable by an old Python, so that
it can say in plain words which version is needed; everything else is in the modules beside it, which are imported only
after that check.
"""

import sys

NEEDED = (3, 11)


def main() -> int:
    """Refuse a Python that is too old, else hand over to the verbs."""
    if sys.version_info < NEEDED:
        here = "%d.%d" % sys.version_info[:2]  # noqa: UP031  the oldest Python must read this line too
        sys.stderr.write(
            "Cần Python 3.11 trở lên; đang chạy Python " + here + " (" + sys.executable + ").\n"
            "Cài Python mới rồi chạy lại. Windows: tải bộ cài của Python hoặc lấy trong Microsoft Store; "
            "Debian 12: apt install python3.\n"
            "Python 3.11 or newer is needed; this is " + here + ". Install a newer one, then run this command again.\n"
        )
        return 2
    import verbs  # only a new enough Python may read it

    return verbs.main(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
