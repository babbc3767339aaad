"""From a mailbox of 10,000 messages to demand, chargeback and bundle, as whole processes, beside a named peer.

Run: python -m bench.whole_process [--messages N]
The peer is the least that any program of the standard library does with the same file: ``mailbox.mbox`` with a header
parser, in a process of its own.  Quote the ratio; the seconds are this machine's.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path

ROOT = Path(__file__).parents[1]
GENERATOR = ROOT.parent / "shared" / "reading" / "make_mbox.py"

PEER = """
import mailbox, sys
from email.parser import BytesHeaderParser
box = mailbox.mbox(sys.argv[1], factory=lambda f: BytesHeaderParser().parse(f))
print(sum(1 for m in box if m["from"]))
"""


def timed(command: list[str], environment: dict[str, str]) -> tuple[float, float, str, int]:
    """Wall seconds, peak resident MB of the process, its output, its exit code."""
    started = time.perf_counter()
    with tempfile.TemporaryFile("w+") as out:
        process = subprocess.Popen(command, stdout=out, stderr=subprocess.STDOUT, env=environment)
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - started
        out.seek(0)
        return wall, usage.ru_maxrss / 1024, out.read(), os.waitstatus_to_exitcode(status)


def _day_after(shown: str) -> date:
    """The day after the last message of the dispute, as ``open --json`` printed it."""
    case = json.loads(next(line for line in shown.splitlines() if line.startswith("{")))
    days = [m["date"][:10] for m in case["messages"] if m["in_dispute"] is True and m["date"]]
    return date.fromisoformat(max(days)) + timedelta(days=1)


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--messages", type=int, default=10_000)
    count = parser.parse_args().messages
    if not GENERATOR.exists():
        sys.exit("needs ../shared/reading/make_mbox.py")
    recours = str(Path(sys.executable).parent / "recours")
    with tempfile.TemporaryDirectory() as folder:
        box = Path(folder) / "big.mbox"
        subprocess.run(
            [sys.executable, str(GENERATOR), "--out", str(box), "--messages", str(count), "--seed", "7"],
            check=True,
            stdout=subprocess.DEVNULL,
        )
        environment = dict(os.environ, RECOURS_HOME=folder, RECOURS_LANG="en")
        print(f"{count} messages, {box.stat().st_size / 1e6:.0f} MB")
        peer, peer_mb, _, _ = timed([sys.executable, "-c", PEER, str(box)], environment)
        print(f"mailbox + header parser (peer)   {peer:7.2f} s  {peer_mb:6.0f} MB")
        total, peak = 0.0, 0.0
        wall, mb, said, code = timed([recours, "open", str(box), "--name", "bench", "--json"], environment)
        total, peak = total + wall, max(peak, mb)
        print(f"recours open                     {wall:7.2f} s  {mb:6.0f} MB  exit {code}")
        missing = {
            "consumer.address": "12, rue des Essais, Granby QC J2G 0A0",
            "consumer.country": "CA",
            "consumer.region": "CA-QC",
            "consumer.is_consumer": "yes",
            "contract.at_distance": "yes",
            "merchant.address": "1, rue du Port, Sherbrooke QC J1H 0A0",
            "merchant.name": "Maison Belcourt",
            "consumer.name": "A. B.",
            "problem.kind": "defective",
            "problem.caused_by_consumer": "no",
            "payment.method": "credit_card",
            "payment.network": "visa",
            "goods.available": "yes",
            "return.offered": "yes",
            "payment.cardholder": "A. B.",
            "cancellation.means": "email",
        }
        day = _day_after(said)
        for name, back in (("order.date", 60), ("delivery.delivered_on", 50), ("return.offered_on", 30)):
            missing[name] = (day - timedelta(days=back)).isoformat()
        commands = [["answer", "bench", *(f"{k}={v}" for k, v in missing.items())]]
        commands += [["write", "bench", p, "-o", f"{folder}/{p}.pdf"] for p in ("demand", "chargeback")]
        commands += [["bundle", "bench", "-o", f"{folder}/bundle.pdf"]]
        for command in commands:
            wall, mb, said, code = timed([recours, "--today", day.isoformat(), *command], environment)
            total, peak = total + wall, max(peak, mb)
            shown = " ".join(said.split())[:90] if code else ""
            print(
                f"recours {' '.join(command[:3])[:24]:24} {wall:7.2f} s  {mb:6.0f} MB  exit {code}  {shown}"
            )
        print(
            f"whole                            {total:7.2f} s  {peak:6.0f} MB  {total / peer:.2f} x the peer"
        )
        print(
            json.dumps({"seconds": round(total, 2), "peak_mb": round(peak), "ratio": round(total / peer, 2)})
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
