"""Over a network a server is used only if it proves its name. It needs a PostgreSQL with TLS.

The wheel's PostgreSQL has no TLS, so these are behind the slow door: apt-get install postgresql, then
KIOSK_POSTGRES_BIN=/usr/lib/postgresql/15/bin python -m pytest -m long tests/db/district/test_tls.py
"""

from __future__ import annotations

import os
import shutil
import socket
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from db.district.connection import Address, connected
from db.district.errors import DistrictError
from db.district.private_server import PrivateServer, private_server
from tests.db.district.desks import asked

pytestmark = [
    pytest.mark.long,
    pytest.mark.skipif(
        "KIOSK_POSTGRES_BIN" not in os.environ, reason="KIOSK_POSTGRES_BIN names no PostgreSQL with TLS"
    ),
]

_HBA = b"""local all all trust
hostssl all all 127.0.0.1/32 scram-sha-256
hostssl all all ::1/128 scram-sha-256
"""
ROLE, PASSWORD = "desk_tls", "a made-up secret"


def certificate(name: str, key: ec.EllipticCurvePrivateKey, by: tuple[str, ec.EllipticCurvePrivateKey]) -> bytes:
    """A certificate of this name, signed by an authority."""
    now = datetime.now(UTC)
    of, signer = (x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, one)]) for one in (name, by[0]))
    made = (
        x509.CertificateBuilder()
        .subject_name(of)
        .issuer_name(signer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.BasicConstraints(ca=name == by[0], path_length=None), critical=True)
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
    )
    return made.sign(by[1], hashes.SHA256()).public_bytes(serialization.Encoding.PEM)


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, ec.EllipticCurvePrivateKey]:
    """The certificate of the district's authority, and its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    path = tmp_path_factory.mktemp("authority") / "ca.pem"
    path.write_bytes(certificate("authority", key, ("authority", key)))
    return path, key


@pytest.fixture(scope="module")
def tls(authority: tuple[Path, ec.EllipticCurvePrivateKey]) -> Iterator[tuple[PrivateServer, int]]:
    """A server that speaks only TLS over the network, for the name localhost; and its port."""
    with private_server() as server, socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
        free.close()
        asked(server, "postgres", f"CREATE ROLE {ROLE} LOGIN PASSWORD '{PASSWORD}'")
        server.stop()
        key = ec.generate_private_key(ec.SECP256R1())
        pem = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        data = server.folder / "data"
        files = {
            "server.key": key.private_bytes(*pem),
            "server.crt": certificate("localhost", key, ("authority", authority[1])),
            "pg_hba.conf": _HBA,
        }
        for name, content in files.items():
            (data / name).write_bytes(content)
            (data / name).chmod(0o600)
            if os.geteuid() == 0:
                shutil.chown(data / name, data.owner())
        server.start(f"-h localhost -p {port} -c ssl=on")
        yield server, port


def address(tls: tuple[PrivateServer, int], root: Path, host: str = "localhost", password: str = PASSWORD) -> Address:
    """The server over the network."""
    return Address((host,), "postgres", ROLE, password, tls[1], root)


def test_a_server_that_proves_its_name_is_used(
    tls: tuple[PrivateServer, int], authority: tuple[Path, ec.EllipticCurvePrivateKey]
) -> None:
    """By TLS, and with the password bound to that connection."""
    with connected(address(tls, authority[0])) as store:
        row = store.connection.execute("SELECT ssl, version FROM pg_stat_ssl WHERE pid = pg_backend_pid()").fetchone()
    assert row is not None
    assert row[0] is True
    assert row[1].startswith("TLSv1.3")


def test_a_server_of_another_name_of_another_authority_or_without_the_password_is_not(
    tls: tuple[PrivateServer, int], authority: tuple[Path, ec.EllipticCurvePrivateKey], tmp_path: Path
) -> None:
    """None gets as far as a statement."""
    rogue_key = ec.generate_private_key(ec.SECP256R1())
    rogue = tmp_path / "rogue.pem"
    rogue.write_bytes(certificate("authority", rogue_key, ("authority", rogue_key)))
    for wrong in (
        address(tls, authority[0], host="127.0.0.1"),
        address(tls, rogue),
        address(tls, tmp_path / "missing.pem"),
        address(tls, authority[0], password="another"),  # noqa: S106 - made up
    ):
        with pytest.raises(DistrictError), connected(wrong):
            pytest.fail("a connection was made")
