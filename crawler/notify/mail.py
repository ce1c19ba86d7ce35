"""Send notices by e-mail.  Decides nothing."""

import smtplib
import ssl
from collections.abc import Sequence
from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime
from hashlib import sha256
from typing import Final

from crawler.errors import DeliveryError
from crawler.model import Notice
from crawler.notify.channel import Mail
from crawler.notify.message import headline, text

PATIENCE_S: Final = 20.0  # for each answer of the server


def message(way: Mail, notices: Sequence[Notice], at: datetime) -> EmailMessage:
    """Write the e-mail; the same notices have the same Message-ID, so that a second copy is known as one."""
    made = EmailMessage()
    made["From"], made["To"], made["Subject"] = way.sender, ", ".join(way.to), headline(notices)
    made["Date"] = format_datetime(at)
    digest = sha256("\n".join(notice.subject for notice in notices).encode()).hexdigest()[:32]
    made["Message-ID"] = f"<{digest}@{way.sender.rpartition('@')[2]}>"
    made["Auto-Submitted"] = "auto-generated"  # RFC 3834: no out-of-office answers
    made.set_content(text(notices))
    return made


def send(way: Mail, notices: Sequence[Notice], at: datetime, password: str | None) -> None:
    """Hand the e-mail to the server.

    Raises:
        DeliveryError: it was not taken.
    """
    server = f"mail server {way.host}:{way.port}"
    try:
        context = ssl.create_default_context()
        with (
            smtplib.SMTP_SSL(way.host, way.port, timeout=PATIENCE_S, context=context)
            if way.is_tls
            else smtplib.SMTP(way.host, way.port, timeout=PATIENCE_S)
        ) as smtp:
            if not way.is_tls:
                smtp.ehlo()
                if smtp.has_extn("starttls"):
                    smtp.starttls(context=context)
                elif password:
                    raise DeliveryError(
                        f"{server}: offers no TLS, so no password is sent; use smtps:// or none"
                    )
            if way.user and password:
                smtp.login(way.user, password)
            smtp.send_message(message(way, notices, at))
    except (OSError, smtplib.SMTPException, ValueError) as error:
        raise DeliveryError(f"{server}: {error}") from error
