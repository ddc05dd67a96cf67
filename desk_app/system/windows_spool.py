"""Windows' spooler, through its own interface and nothing else: no PDF program has to be installed.

Each page is drawn by pdfium at the printer's resolution, at most 300 dpi, and handed over as a picture at its true
size. Written from Microsoft's documentation and checked by types only: it has not run on a Windows machine yet.
"""

from __future__ import annotations

import sys
from typing import Any, Final

from desk_app.domain.errors import Failed
from desk_app.system.printing import JobState, Media, Printer, PrinterState, check, looks_virtual

if sys.platform == "win32":
    import ctypes
    from ctypes import wintypes

    _PAPER: Final[dict[str, int]] = {"A3": 8, "A4": 9, "A5": 11}
    _DM_ORIENTATION, _DM_PAPERSIZE, _DM_COPIES = 0x1, 0x2, 0x100
    _DM_IN_OUT: Final = 0x8 | 0x2
    _LOCAL_AND_CONNECTED: Final = 0x2 | 0x4
    _PAPER_OUT, _OFFLINE = 0x10, 0x80
    _STOPPED: Final = 0x1 | 0x2 | 0x8 | 0x80 | 0x1000 | 0x400000  # paused, error, jam, offline, not available, door
    _BUSY: Final = 0x400 | 0x4000
    _JOB_PAPER_OUT, _JOB_PRINTING, _JOB_DONE = 0x40, 0x10, 0x80 | 0x1000
    _JOB_STOPPED: Final = 0x1 | 0x20 | 0x200
    _JOB_FAILED: Final = 0x2 | 0x4 | 0x100
    _DPI_X, _DPI_Y, _OFFSET_X, _OFFSET_Y = 88, 90, 112, 113
    _MOST_DPI: Final = 300
    _SRCCOPY: Final = 0x00CC0020
    _CANCEL: Final = 3

    class _Devmode(ctypes.Structure):
        _fields_ = (
            ("dmDeviceName", wintypes.WCHAR * 32),
            ("dmSpecVersion", wintypes.WORD),
            ("dmDriverVersion", wintypes.WORD),
            ("dmSize", wintypes.WORD),
            ("dmDriverExtra", wintypes.WORD),
            ("dmFields", wintypes.DWORD),
            ("dmOrientation", ctypes.c_short),
            ("dmPaperSize", ctypes.c_short),
            ("dmPaperLength", ctypes.c_short),
            ("dmPaperWidth", ctypes.c_short),
            ("dmScale", ctypes.c_short),
            ("dmCopies", ctypes.c_short),
        )

    class _PrinterInfo2(ctypes.Structure):
        _fields_ = (
            ("pServerName", wintypes.LPWSTR),
            ("pPrinterName", wintypes.LPWSTR),
            ("pShareName", wintypes.LPWSTR),
            ("pPortName", wintypes.LPWSTR),
            ("pDriverName", wintypes.LPWSTR),
            ("pComment", wintypes.LPWSTR),
            ("pLocation", wintypes.LPWSTR),
            ("pDevMode", ctypes.c_void_p),
            ("pSepFile", wintypes.LPWSTR),
            ("pPrintProcessor", wintypes.LPWSTR),
            ("pDatatype", wintypes.LPWSTR),
            ("pParameters", wintypes.LPWSTR),
            ("pSecurityDescriptor", ctypes.c_void_p),
            ("Attributes", wintypes.DWORD),
            ("Priority", wintypes.DWORD),
            ("DefaultPriority", wintypes.DWORD),
            ("StartTime", wintypes.DWORD),
            ("UntilTime", wintypes.DWORD),
            ("Status", wintypes.DWORD),
            ("cJobs", wintypes.DWORD),
            ("AveragePPM", wintypes.DWORD),
        )

    class _JobInfo1(ctypes.Structure):
        _fields_ = (
            ("JobId", wintypes.DWORD),
            ("pPrinterName", wintypes.LPWSTR),
            ("pMachineName", wintypes.LPWSTR),
            ("pUserName", wintypes.LPWSTR),
            ("pDocument", wintypes.LPWSTR),
            ("pDatatype", wintypes.LPWSTR),
            ("pStatus", wintypes.LPWSTR),
            ("Status", wintypes.DWORD),
        )

    class _DocInfo(ctypes.Structure):
        _fields_ = (
            ("cbSize", ctypes.c_int),
            ("lpszDocName", wintypes.LPCWSTR),
            ("lpszOutput", wintypes.LPCWSTR),
            ("lpszDatatype", wintypes.LPCWSTR),
            ("fwType", wintypes.DWORD),
        )

    class _RawDocInfo(ctypes.Structure):
        _fields_ = (
            ("pDocName", wintypes.LPWSTR),
            ("pOutputFile", wintypes.LPWSTR),
            ("pDatatype", wintypes.LPWSTR),
        )

    class _BitmapHeader(ctypes.Structure):
        _fields_ = (
            ("biSize", wintypes.DWORD),
            ("biWidth", wintypes.LONG),
            ("biHeight", wintypes.LONG),
            ("biPlanes", wintypes.WORD),
            ("biBitCount", wintypes.WORD),
            ("biCompression", wintypes.DWORD),
            ("biSizeImage", wintypes.DWORD),
            ("biXPelsPerMeter", wintypes.LONG),
            ("biYPelsPerMeter", wintypes.LONG),
            ("biClrUsed", wintypes.DWORD),
            ("biClrImportant", wintypes.DWORD),
        )

    class WindowsSpooler:
        """The printers of this Windows machine, shared ones of the network included."""

        def __init__(self) -> None:
            self._spool: Any = ctypes.WinDLL("winspool.drv", use_last_error=True)
            self._gdi: Any = ctypes.WinDLL("gdi32", use_last_error=True)
            self._gdi.CreateDCW.restype = wintypes.HDC
            for name in ("GetDeviceCaps", "StartDocW", "StartPage", "EndPage", "EndDoc", "AbortDoc", "DeleteDC"):
                getattr(self._gdi, name).argtypes = {
                    "GetDeviceCaps": [wintypes.HDC, ctypes.c_int],
                    "StartDocW": [wintypes.HDC, ctypes.POINTER(_DocInfo)],
                }.get(name, [wintypes.HDC])
            self._gdi.StretchDIBits.argtypes = [
                wintypes.HDC,
                *[ctypes.c_int] * 8,
                ctypes.c_char_p,
                ctypes.POINTER(_BitmapHeader),
                wintypes.UINT,
                wintypes.DWORD,
            ]

        def printers(self) -> tuple[Printer, ...]:
            needed, count = wintypes.DWORD(), wintypes.DWORD()
            ask = (_LOCAL_AND_CONNECTED, None, 2)
            self._spool.EnumPrintersW(*ask, None, 0, ctypes.byref(needed), ctypes.byref(count))
            room = ctypes.create_string_buffer(max(needed.value, 1))
            got = self._spool.EnumPrintersW(*ask, room, needed, ctypes.byref(needed), ctypes.byref(count))
            if not got:
                return ()
            listed = ctypes.cast(room, ctypes.POINTER(_PrinterInfo2))
            default = self._default()
            found = [listed[number] for number in range(count.value)]
            return tuple(
                Printer(
                    one.pPrinterName,
                    _state(one.Status),
                    looks_virtual(one.pPrinterName, f"{one.pPortName} {one.pDriverName}"),
                    one.pPrinterName == default,
                )
                for one in sorted(found, key=lambda info: str(info.pPrinterName))
            )

        def print_pdf(
            self, pdf: bytes, *, printer: str, media: Media, copies: int = 1, title: str, landscape: bool = False
        ) -> str:
            """See `SpoolPrinter`. The job's id is `printer` and the spooler's number, parted by a bar."""
            check(pdf, copies)
            device = self._device(printer, media, copies, landscape)
            try:
                about = _DocInfo(ctypes.sizeof(_DocInfo), title, None, None, 0)
                job = self._gdi.StartDocW(device, ctypes.byref(about))
                if job <= 0:
                    raise Failed("IN-07", printer=printer)
                if not self._pages(device, pdf) or self._gdi.EndDoc(device) <= 0:
                    self._gdi.AbortDoc(device)
                    raise Failed("IN-07", printer=printer)
                return f"{printer}|{job}"
            finally:
                self._gdi.DeleteDC(device)

        def print_raw(self, job: bytes, *, printer: str, title: str) -> str:
            """See `SpoolPrinter`: datatype RAW, no driver touches it."""
            handle = self._open(printer)
            if handle is None:
                raise Failed("IN-03", printer=printer)
            try:
                about, written = _RawDocInfo(title, None, "RAW"), wintypes.DWORD()
                number = self._spool.StartDocPrinterW(handle, 1, ctypes.byref(about))
                if not number:
                    raise Failed("IN-07", printer=printer)
                sent = self._spool.WritePrinter(handle, job, len(job), ctypes.byref(written))
                if not sent or written.value != len(job) or not self._spool.EndDocPrinter(handle):
                    self._spool.AbortPrinter(handle)
                    raise Failed("IN-07", printer=printer)
                return f"{printer}|{number}"
            finally:
                self._spool.ClosePrinter(handle)

        def job_state(self, job: str) -> JobState:
            """How that paper fares. Windows forgets a job that came out, so one it does not know any more is DONE."""
            printer, _, number = job.rpartition("|")
            handle = self._open(printer)
            if handle is None:
                return JobState.STOPPED
            try:
                needed = wintypes.DWORD()
                self._spool.GetJobW(handle, int(number), 1, None, 0, ctypes.byref(needed))
                if not needed.value:
                    return JobState.DONE
                room = ctypes.create_string_buffer(needed.value)
                if not self._spool.GetJobW(handle, int(number), 1, room, needed, ctypes.byref(needed)):
                    return JobState.DONE
                return _job_state(ctypes.cast(room, ctypes.POINTER(_JobInfo1))[0].Status)
            finally:
                self._spool.ClosePrinter(handle)

        def cancel(self, job: str) -> None:
            printer, _, number = job.rpartition("|")
            handle = self._open(printer)
            if handle is not None:
                self._spool.SetJobW(handle, int(number), 0, None, _CANCEL)
                self._spool.ClosePrinter(handle)

        def _default(self) -> str:
            size = wintypes.DWORD(0)
            self._spool.GetDefaultPrinterW(None, ctypes.byref(size))
            name = ctypes.create_unicode_buffer(max(size.value, 1))
            return name.value if self._spool.GetDefaultPrinterW(name, ctypes.byref(size)) else ""

        def _open(self, printer: str) -> wintypes.HANDLE | None:
            handle = wintypes.HANDLE()
            opened = bool(printer) and self._spool.OpenPrinterW(printer, ctypes.byref(handle), None)
            return handle if opened else None

        def _device(self, printer: str, media: Media, copies: int, landscape: bool) -> Any:
            """A drawing surface of that printer, set to the paper, its direction and the copies."""
            handle = self._open(printer)
            if handle is None:
                raise Failed("IN-03", printer=printer)
            try:
                size = self._spool.DocumentPropertiesW(None, handle, printer, None, None, 0)
                if size <= 0:
                    raise Failed("IN-03", printer=printer)
                room = ctypes.create_string_buffer(size)
                self._spool.DocumentPropertiesW(None, handle, printer, room, None, 0x2)
                mode = ctypes.cast(room, ctypes.POINTER(_Devmode))[0]
                mode.dmFields |= _DM_ORIENTATION | _DM_PAPERSIZE | _DM_COPIES
                mode.dmOrientation, mode.dmPaperSize, mode.dmCopies = 2 if landscape else 1, _PAPER[media], copies
                self._spool.DocumentPropertiesW(None, handle, printer, room, room, _DM_IN_OUT)
            finally:
                self._spool.ClosePrinter(handle)
            device = self._gdi.CreateDCW("WINSPOOL", printer, None, room)
            if not device:
                raise Failed("IN-03", printer=printer)
            return device

        def _pages(self, device: Any, pdf: bytes) -> bool:
            import pypdfium2

            dpi_x, dpi_y = self._gdi.GetDeviceCaps(device, _DPI_X), self._gdi.GetDeviceCaps(device, _DPI_Y)
            left, top = self._gdi.GetDeviceCaps(device, _OFFSET_X), self._gdi.GetDeviceCaps(device, _OFFSET_Y)
            document = pypdfium2.PdfDocument(pdf)
            try:
                for page in document:
                    picture = page.render(scale=min(dpi_x, _MOST_DPI) / 72, rev_byteorder=False, prefer_bgrx=True)
                    width, height = page.get_size()
                    head = _BitmapHeader(40, picture.width, -picture.height, 1, 32, 0, 0, 0, 0, 0, 0)
                    place = (-left, -top, round(width * dpi_x / 72), round(height * dpi_y / 72))
                    source = (0, 0, picture.width, picture.height)
                    if self._gdi.StartPage(device) <= 0:
                        return False
                    drawn = self._gdi.StretchDIBits(
                        device, *place, *source, bytes(picture.buffer), ctypes.byref(head), 0, _SRCCOPY
                    )
                    if drawn <= 0 or self._gdi.EndPage(device) <= 0:
                        return False
            finally:
                document.close()
            return True

    def _state(status: int) -> PrinterState:
        if status & _PAPER_OUT:
            return PrinterState.PAPER_OUT
        if status & _STOPPED:
            return PrinterState.STOPPED
        return PrinterState.PRINTING if status & _BUSY else PrinterState.READY

    def _job_state(status: int) -> JobState:
        for signs, state in (
            (_JOB_FAILED, JobState.FAILED),
            (_JOB_PAPER_OUT, JobState.PAPER_OUT),
            (_JOB_STOPPED, JobState.STOPPED),
            (_JOB_DONE, JobState.DONE),
            (_JOB_PRINTING, JobState.PRINTING),
        ):
            if status & signs:
                return state
        return JobState.WAITING
