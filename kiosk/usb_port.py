"""A printer on USB by its vendor and product number, with time limits on everything. The only importer of pyusb."""

import contextlib
from typing import Any

import usb.core
import usb.util

from kiosk.link import Answers, CannotConnect, LinkLost, LinkStalled, until

PRINTER_CLASS = 7
_CHUNK = 4096
_READ_SIZE = 64


class UsbTransport:
    """`usb://04b8:0e15`. backend: of pyusb; None = the system's libusb."""

    answers = Answers.ALWAYS
    bytes_per_s = None

    def __init__(self, vendor: int, product: int, backend: Any = None) -> None:
        self.vendor, self.product = vendor, product
        self._backend = backend

    @property
    def url(self) -> str:
        return f"usb://{self.vendor:04x}:{self.product:04x}"

    def open(self, timeout_s: float) -> "UsbLink":
        try:
            device = usb.core.find(idVendor=self.vendor, idProduct=self.product, backend=self._backend)
            if device is None:
                raise CannotConnect(f"no USB device {self.vendor:04x}:{self.product:04x}; is it plugged in and on?")
            return _claimed(device)
        except usb.core.NoBackendError as error:
            raise CannotConnect("USB needs the system's library libusb-1.0, which is not installed") from error
        except usb.core.USBError as error:
            raise CannotConnect(f"USB printer cannot be opened: {_reason(error)}") from error


class UsbLink:
    def __init__(self, device: Any, interface: int, out: Any, back: Any | None, kernel_had_it: bool) -> None:
        self._device, self._interface = device, interface
        self._out, self._back = out, back
        self._kernel_had_it = kernel_had_it

    def write(self, data: bytes, timeout_s: float) -> None:
        at = 0
        for left in until(timeout_s):
            try:
                at += self._out.write(data[at : at + _CHUNK], max(1, int(left * 1000)))
            except usb.core.USBTimeoutError:
                break
            except usb.core.USBError as error:
                raise LinkLost(f"USB printer lost: {_reason(error)}", at) from error
            if at >= len(data):
                return
        raise LinkStalled(f"took {at} of {len(data)} bytes in {timeout_s:.1f} s", at)

    def read(self, timeout_s: float) -> bytes:
        if self._back is None:
            return b""
        for left in until(timeout_s):
            try:
                data = bytes(self._back.read(_READ_SIZE, max(1, int(left * 1000))))
            except usb.core.USBTimeoutError:
                return b""
            except usb.core.USBError as error:
                raise LinkLost(f"USB printer lost: {_reason(error)}") from error
            if data:
                return data
        return b""

    def close(self, wait_s: float) -> None:
        """Gives the device back to the system's own driver, if that had it."""
        with contextlib.suppress(usb.core.USBError, NotImplementedError):
            usb.util.release_interface(self._device, self._interface)
            if self._kernel_had_it:
                self._device.attach_kernel_driver(self._interface)
        usb.util.dispose_resources(self._device)


def _claimed(device: Any) -> UsbLink:
    configuration = _configuration(device)
    interface = usb.util.find_descriptor(configuration, bInterfaceClass=PRINTER_CLASS) or configuration[(0, 0)]
    number = interface.bInterfaceNumber
    out = _endpoint(interface, usb.util.ENDPOINT_OUT)
    if out is None:
        raise CannotConnect("the USB device takes no data; is it a printer?")
    kernel_had_it = _take_from_kernel(device, number)
    usb.util.claim_interface(device, number)
    return UsbLink(device, number, out, _endpoint(interface, usb.util.ENDPOINT_IN), kernel_had_it)


def _configuration(device: Any) -> Any:
    try:
        return device.get_active_configuration()
    except usb.core.USBError:
        device.set_configuration()
        return device.get_active_configuration()


def _take_from_kernel(device: Any, interface: int) -> bool:
    with contextlib.suppress(NotImplementedError):
        if device.is_kernel_driver_active(interface):
            device.detach_kernel_driver(interface)
            return True
    return False


def _endpoint(interface: Any, direction: int) -> Any | None:
    return usb.util.find_descriptor(
        interface,
        custom_match=lambda one: (
            usb.util.endpoint_direction(one.bEndpointAddress) == direction
            and usb.util.endpoint_type(one.bmAttributes) == usb.util.ENDPOINT_TYPE_BULK
        ),
    )


def _reason(error: Any) -> str:
    if getattr(error, "errno", None) == 13:
        return "not permitted; a udev rule must give the device to the kiosk's group"
    return str(getattr(error, "strerror", None) or error)
