"""A small proxy between the portal and PostgreSQL that cuts the line at a COMMIT, before or after the server has had it."""

import asyncio
import threading
from contextlib import suppress
from pathlib import Path

COMMIT = b"COMMIT\x00"  # as it stands at the end of the message
EVERY = 3  # which commit is cut


class Proxy:
    """Listens on a port of this machine. Cuts every third COMMIT: in turns, before it is passed on and after it was answered."""

    def __init__(self, server: Path) -> None:
        self.server, self.port = server, 0
        self.cutting, self.seen, self.cuts = False, 0, 0
        self.loop = asyncio.new_event_loop()
        ready = threading.Event()
        self.thread = threading.Thread(target=self.run, args=(ready,), daemon=True)
        self.thread.start()
        ready.wait(10)

    def run(self, ready: threading.Event) -> None:
        asyncio.set_event_loop(self.loop)
        listening = self.loop.run_until_complete(asyncio.start_server(self.connect, "127.0.0.1", 0))
        self.port = listening.sockets[0].getsockname()[1]
        ready.set()
        self.loop.run_forever()

    def end(self) -> None:
        asyncio.run_coroutine_threadsafe(self.hang_up(), self.loop)
        self.thread.join(10)

    async def hang_up(self) -> None:
        lines = asyncio.all_tasks() - {asyncio.current_task()}
        for line in lines:
            line.cancel()
        await asyncio.gather(*lines, return_exceptions=True)
        self.loop.stop()

    async def connect(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            there, back = await asyncio.open_unix_connection(str(self.server))
        except OSError:
            writer.close()
            return
        line = Line(reader, writer, there, back, self)
        with suppress(asyncio.CancelledError):  # hung up
            await asyncio.gather(line.up(), line.down(), return_exceptions=True)
        line.cut()

    def is_next(self) -> bool:
        """True for the commits that are cut."""
        self.seen += 1
        is_cut = self.cutting and self.seen % EVERY == 0
        self.cuts += is_cut
        return is_cut


class Line:
    """One connection through the proxy."""

    def __init__(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, there: asyncio.StreamReader,
        back: asyncio.StreamWriter, proxy: Proxy,
    ) -> None:  # fmt: skip
        self.reader, self.writer, self.there, self.back, self.proxy = reader, writer, there, back, proxy
        self.is_deaf = False  # the server's next answer is kept from the portal

    async def up(self) -> None:
        """From the portal to the server."""
        while data := await self.reader.read(65536):
            if data.endswith(COMMIT) and self.proxy.is_next():
                if self.proxy.cuts % 2:
                    break
                self.is_deaf = True
            self.back.write(data)
            await self.back.drain()
        self.cut()

    async def down(self) -> None:
        """From the server to the portal."""
        while data := await self.there.read(65536):
            if self.is_deaf:
                break
            self.writer.write(data)
            await self.writer.drain()
        self.cut()

    def cut(self) -> None:
        for end in (self.writer, self.back):
            end.close()
