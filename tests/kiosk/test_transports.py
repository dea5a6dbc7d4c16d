"""The ways to a printer: addresses and their mistakes, and links that end, stall or never open."""

import asyncio
import errno
import os
import random
import socket
import threading
import time
from pathlib import Path

import pytest
import usb.backend
import usb.core
from PIL import Image

from kiosk.link import Answers, CannotConnect, LinkLost, LinkStalled, until
from kiosk.print_job import Limits
from kiosk.printer import Printer
from kiosk.printer_model import PrinterModel, parse_faults
from kiosk.printer_status import PrintOutcome
from kiosk.printer_url import transport_from_url
from kiosk.serial_port import Flow, SerialTransport
from kiosk.transports import FileTransport, TcpTransport, VirtualTransport, why
from kiosk.usb_port import UsbTransport
from smartqueue.terms import PrinterState


def speckled() -> Image.Image:
    return Image.frombytes("1", (576, 200), random.Random(5).randbytes(72 * 200))


# --- addresses ----------------------------------------------------------------------------------------------


def test_each_kind_of_address_is_understood():
    tcp = transport_from_url("tcp://10.0.0.7")
    assert isinstance(tcp, TcpTransport)
    assert (tcp.host, tcp.port, tcp.url) == ("10.0.0.7", 9100, "tcp://10.0.0.7:9100")
    assert transport_from_url("tcp://[fe80::1]:9101").url == "tcp://[fe80::1]:9101"
    line = transport_from_url("serial:///dev/ttyS1?baud=9600&flow=rtscts")
    assert line == SerialTransport("/dev/ttyS1", 9600, Flow.RTS_CTS)
    assert line.bytes_per_s == 960
    assert transport_from_url("serial:///dev/ttyUSB0").url == "serial:///dev/ttyUSB0?baud=115200"
    stick = transport_from_url("usb://04B8:0e15")
    assert isinstance(stick, UsbTransport)
    assert (stick.vendor, stick.product, stick.url) == (0x04B8, 0x0E15, "usb://04b8:0e15")
    device = transport_from_url("file:///dev/usb/lp0")
    assert isinstance(device, FileTransport)
    assert device.path == Path("/dev/usb/lp0")
    drawn = transport_from_url("virtual:some/where")
    assert isinstance(drawn, VirtualTransport)
    assert drawn.directory == Path("some/where")


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("", "no printer address; write it like tcp://"),
        ("tpc://10.0.0.7", "did you mean tcp: as in tcp://192.168.1.50:9100?"),
        ("socket://10.0.0.7", "did you mean tcp:"),
        ("10.0.0.7:9100", "did you mean tcp://10.0.0.7:9100?"),
        ("10.0.0.7", "did you mean tcp://10.0.0.7?"),
        ("printer.lan:9100", "did you mean tcp://printer.lan:9100?"),
        ("/dev/usb/lp0", "did you mean file:///dev/usb/lp0?"),
        ("/dev/ttyUSB0", "did you mean serial:///dev/ttyUSB0?"),
        ("tickets", "known are tcp://192.168.1.50:9100, serial:///dev"),
        ("tcp://", "names no host"),
        ("tcp://host:0", "1 to 65535"),
        ("tcp://host:99999", "ort out of range"),
        ("tcp://host:9100/queue", "nothing may follow the port"),
        ("tcp://host?baud=5", "unknown option 'baud' (it has none)"),
        ("serial://dev/ttyUSB0", "did you mean serial:///dev/ttyUSB0 (three slashes)?"),
        ("serial://", "names no device"),
        ("serial:///dev/ttyUSB0?baudrate=9600", "unknown option 'baudrate'; did you mean baud?"),
        ("serial:///dev/ttyUSB0?baud=fast", "baud must be a number"),
        ("serial:///dev/ttyUSB0?flow=rts", "unknown flow 'rts'; did you mean rtscts?"),
        ("usb://epson", "as `lsusb` shows"),
        ("usb://04b8:zzzz", "hexadecimal"),
        ("file://dev/usb/lp0", "did you mean file:///dev/usb/lp0 (three slashes)?"),
        ("virtual:", "names no directory"),
    ],
)
def test_each_mistake_in_an_address_is_told_with_what_was_meant(url, said):
    with pytest.raises(ValueError) as told:
        transport_from_url(url)
    assert said in str(told.value)


# --- links that fail ------------------------------------------------------------------------------------------


def closed_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda tmp: TcpTransport("127.0.0.1", closed_port()), "refused; is it on"),
        (lambda tmp: FileTransport(tmp / "lp0"), "is the printer plugged in"),
        (lambda tmp: SerialTransport(str(tmp / "ttyUSB0")), "is the printer plugged in"),
        (lambda tmp: SerialTransport(str(tmp)), "cannot open"),
        (lambda tmp: UsbTransport(0x1234, 1, backend=FakeUsb(PrinterModel())), "no USB device 1234:0001"),
    ],
)
def test_a_printer_that_is_not_there_is_told_with_what_to_look_at(tmp_path, make, said):
    with pytest.raises(CannotConnect, match=said):
        make(tmp_path).open(1)


def test_a_fifo_that_nobody_reads_is_no_connection(tmp_path):
    os.mkfifo(tmp_path / "fifo")
    with pytest.raises(CannotConnect, match="nobody is at the other end"):
        FileTransport(tmp_path / "fifo").open(1)


def test_a_fifo_takes_bytes_until_its_reader_leaves(tmp_path):
    os.mkfifo(tmp_path / "fifo")
    transport = FileTransport(tmp_path / "fifo")
    assert transport.answers is Answers.NEVER
    reader = os.open(tmp_path / "fifo", os.O_RDONLY | os.O_NONBLOCK)
    link = transport.open(1)
    link.write(b"ticket", 1)
    assert os.read(reader, 100) == b"ticket"
    assert link.read(0) == b""
    with pytest.raises(LinkStalled) as stalled:
        link.write(bytes(1_000_000), 0.05)
    assert 0 < stalled.value.taken < 1_000_000
    os.close(reader)
    with pytest.raises(LinkLost):
        link.write(b"more", 1)
    link.close(0)


def test_a_file_is_added_to_and_never_made(tmp_path):
    (tmp_path / "paper").write_bytes(b"old ")
    link = FileTransport(tmp_path / "paper").open(1)
    link.write(b"new", 1)
    link.close(0)
    assert (tmp_path / "paper").read_bytes() == b"old new"
    with pytest.raises(CannotConnect):
        FileTransport(tmp_path / "other").open(1)
    assert not (tmp_path / "other").exists()


def test_a_device_that_may_not_be_opened_names_the_group():
    assert "group of the device (lp, dialout)" in why(PermissionError(errno.EACCES, "Permission denied"))


@pytest.fixture
def listener():
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server


def test_a_tcp_printer_that_takes_nothing_stalls_and_tells_how_much_it_took(listener):
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    link = TcpTransport(*listener.getsockname()).open(1)
    with pytest.raises(LinkStalled) as stalled:
        link.write(bytes(20_000_000), 0.2)
    assert 0 < stalled.value.taken < 20_000_000
    link.close(0)


def test_a_tcp_printer_that_closes_is_noticed_at_the_next_question(listener):
    link = TcpTransport(*listener.getsockname()).open(1)
    there, _ = listener.accept()
    there.close()
    with pytest.raises(LinkLost, match="closed"):
        link.read(1)
    link.close(0)


def test_answers_that_nobody_read_do_not_eat_the_end_of_a_job(listener):
    """Closed with unread bytes, a socket is reset, and the other side loses what it has not read yet."""
    link = TcpTransport(*listener.getsockname()).open(1)
    there, _ = listener.accept()
    there.sendall(b"\x12" * 50)
    link.write(b"x" * 50_000, 1)
    received = []

    def printer() -> None:
        with there:
            while data := there.recv(1000):
                received.append(data)

    thread = threading.Thread(target=printer)
    thread.start()
    link.close(5)
    thread.join(5)
    assert sum(map(len, received)) == 50_000


def test_time_that_is_left_runs_out_and_is_given_once_at_least():
    ticks = iter([10.0, 10.4, 10.9, 11.0])
    assert [round(left, 1) for left in until(1.0, lambda: next(ticks))] == [1.0, 0.6, 0.1]
    assert list(until(0.0, lambda: 5.0)) == [0.0]


# --- USB ------------------------------------------------------------------------------------------------------


class FakeUsb(usb.backend.IBackend):
    """pyusb's own place for other USB libraries: here with a printer model at the other end."""

    def __init__(self, model: PrinterModel) -> None:
        super().__init__()
        self.model = model
        self.answers = bytearray()
        self.kernel_has_it = True
        self.plugged = True
        self.log: list[str] = []

    def enumerate_devices(self):
        return ["printer"] if self.plugged else []

    def get_device_descriptor(self, dev):
        return _Descriptor(
            bLength=18, bDescriptorType=1, bcdUSB=0x200, bDeviceClass=0, bDeviceSubClass=0, bDeviceProtocol=0,
            bMaxPacketSize0=64, idVendor=0x04B8, idProduct=0x0E15, bcdDevice=0x100, iManufacturer=0, iProduct=0,
            iSerialNumber=0, bNumConfigurations=1, address=5, bus=1, port_number=1, port_numbers=(1,), speed=3,
        )  # fmt: skip

    def get_configuration_descriptor(self, dev, config):
        if config:
            raise IndexError
        return _Descriptor(
            bLength=9, bDescriptorType=2, wTotalLength=32, bNumInterfaces=1, bConfigurationValue=1, iConfiguration=0,
            bmAttributes=0xC0, bMaxPower=1, extra_descriptors=[],
        )  # fmt: skip

    def get_interface_descriptor(self, dev, intf, alt, config):
        if intf or alt or config:
            raise IndexError
        return _Descriptor(
            bLength=9, bDescriptorType=4, bInterfaceNumber=0, bAlternateSetting=0, bNumEndpoints=2, bInterfaceClass=7,
            bInterfaceSubClass=1, bInterfaceProtocol=2, iInterface=0, extra_descriptors=[],
        )  # fmt: skip

    def get_endpoint_descriptor(self, dev, ep, intf, alt, config):
        return _Descriptor(
            bLength=7, bDescriptorType=5, bEndpointAddress=(0x01, 0x82)[ep], bmAttributes=2, wMaxPacketSize=64,
            bInterval=0, bRefresh=0, bSynchAddress=0, extra_descriptors=[],
        )  # fmt: skip

    def open_device(self, dev):
        return "handle"

    def close_device(self, dev_handle):
        self.log.append("closed")

    def get_configuration(self, dev_handle):
        return 1

    def set_configuration(self, dev_handle, config_value):
        pass

    def claim_interface(self, dev_handle, intf):
        if self.kernel_has_it:
            raise usb.core.USBError("Resource busy", None, errno.EBUSY)

    def release_interface(self, dev_handle, intf):
        pass

    def is_kernel_driver_active(self, dev_handle, intf):
        return self.kernel_has_it

    def detach_kernel_driver(self, dev_handle, intf):
        self.kernel_has_it = False

    def attach_kernel_driver(self, dev_handle, intf):
        self.kernel_has_it = True

    def bulk_write(self, dev_handle, ep, intf, data, timeout):
        reaction = self.model.receive(bytes(data), time.monotonic())
        if reaction.hang_up or not self.plugged:
            self.plugged = False
            raise usb.core.USBError("No such device", None, errno.ENODEV)
        self.answers += reaction.answers
        self.jobs = [*getattr(self, "jobs", []), *reaction.jobs]
        return len(data)

    def bulk_read(self, dev_handle, ep, intf, buff, timeout):
        if not self.plugged:
            raise usb.core.USBError("No such device", None, errno.ENODEV)
        if not self.answers:
            time.sleep(timeout / 1000)
            raise usb.core.USBTimeoutError("Operation timed out", None, errno.ETIMEDOUT)
        size = min(len(self.answers), len(buff))
        buff[:size] = type(buff)("B", self.answers[:size])
        del self.answers[:size]
        return size


class _Descriptor:
    def __init__(self, **fields: object) -> None:
        self.__dict__.update(fields)


QUICK = Limits(open_s=1, answer_s=0.2, stall_s=0.5, finish_s=1, close_s=0.1)


async def printed_by_usb(fake: FakeUsb) -> tuple[PrintOutcome, PrinterState | None]:
    printer = Printer(UsbTransport(0x04B8, 0x0E15, backend=fake), limits=QUICK)
    result = await printer.print_ticket(speckled())
    await printer.close()
    return result.outcome, result.cause


async def test_a_usb_printer_prints_answers_and_is_given_back_to_the_kernel():
    fake = FakeUsb(PrinterModel())
    assert await printed_by_usb(fake) == (PrintOutcome.PRINTED, None)
    assert len(fake.jobs) == 1
    assert fake.kernel_has_it
    assert fake.log == ["closed"]


@pytest.mark.parametrize(
    ("fault", "outcome", "cause"),
    [
        ("silent", PrintOutcome.NOT_PRINTED, PrinterState.SILENT),
        ("cover-open", PrintOutcome.NOT_PRINTED, PrinterState.COVER_OPEN),
        ("close:5000", PrintOutcome.MAYBE_PRINTED, PrinterState.CLOSED_MID_JOB),
    ],
)
async def test_faults_of_a_usb_printer(fault, outcome, cause):
    assert await printed_by_usb(FakeUsb(PrinterModel(faults=parse_faults([fault])))) == (outcome, cause)


async def test_a_usb_printer_unplugged_and_back_prints_again_without_restart():
    fake = FakeUsb(PrinterModel())
    printer = Printer(UsbTransport(0x04B8, 0x0E15, backend=fake), limits=QUICK)
    assert (await printer.print_ticket(speckled())).outcome is PrintOutcome.PRINTED
    fake.plugged = False
    assert (await printer.check()).state is PrinterState.REFUSED
    fake.plugged = True
    assert (await printer.check()).state is PrinterState.OK
    assert (await printer.print_ticket(speckled())).outcome is PrintOutcome.PRINTED
    await printer.close()


async def test_without_the_usb_library_the_reason_is_named():
    printer = Printer(UsbTransport(0x04B8, 0x0E15, backend=NoUsb()))
    result = await printer.print_ticket(speckled())
    await printer.close()
    assert result.outcome is PrintOutcome.NOT_PRINTED
    assert "libusb-1.0, which is not installed" in result.reason


class NoUsb(usb.backend.IBackend):
    def enumerate_devices(self):
        raise usb.core.NoBackendError("No backend available")


async def test_the_loop_goes_on_while_a_printer_is_waited_for(listener):
    """One thread for the driver: a printer that says nothing holds nobody else up."""
    printer = Printer(TcpTransport(*listener.getsockname()), limits=QUICK)
    asked = asyncio.ensure_future(printer.check())
    turns = 0
    while not asked.done():
        await asyncio.sleep(0.005)
        turns += 1
    assert asked.result().state is PrinterState.SILENT
    assert turns > 3
    await printer.close()
