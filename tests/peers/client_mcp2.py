"""The Python SDK 2.x as a client in one of its modes: one conversation with our server, told as JSON on standard output. Started by
peers.py."""
import asyncio
import contextlib
import json
import sys
import time

import httpx2
from mcp.client.client import Client
from mcp.client.stdio import StdioServerParameters
from mcp.client.streamable_http import streamable_http_client
from mcp_types import Implementation


def described(result):
    return result.model_dump(mode="json", by_alias=True)


async def names(client):
    return [tool.name for tool in (await client.list_tools(cache_mode="bypass")).tools]


async def cancelled(client, call):
    begun = asyncio.Event()

    async def told(*_):
        begun.set()

    running = asyncio.create_task(client.call_tool(call["name"], call["arguments"], progress_callback=told))
    await begun.wait()
    asked = time.monotonic()
    running.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await running
        return {"answered": True}
    return {"error": "cancelled", "after_ms": (time.monotonic() - asked) * 1000, "asked": True}


async def main(job):
    async with contextlib.AsyncExitStack() as stack:
        if "url" in job:
            http = await stack.enter_async_context(httpx2.AsyncClient(headers=job["headers"], timeout=60))
            server = streamable_http_client(job["url"], http_client=http)
        else:
            server = StdioServerParameters(command=job["command"], args=job["args"], env=job["env"])
        mode = "2026-07-28" if job["mode"] == "modern" else job["mode"]
        client = await stack.enter_async_context(Client(server, mode=mode, client_info=Implementation(**job["client"])))
        heard = {"protocol": client.protocol_version, "server": client.server_info.name if client.server_info else None, "tools": await names(client), "progress": []}

        async def told(progress, total, message):
            heard["progress"].append({"progress": progress, "total": total, "message": message})

        heard["started"] = described(await client.call_tool(job["start"]["name"], job["start"]["arguments"]))
        heard["waited"] = described(await client.call_tool(job["wait"]["name"], job["wait"]["arguments"], progress_callback=told))
        heard["cancelled"] = await cancelled(client, job["endless"])
        heard["again"] = await names(client)
    print(json.dumps(heard))


asyncio.run(main(json.loads(sys.argv[1])))
