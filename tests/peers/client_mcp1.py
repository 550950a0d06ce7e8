"""The Python SDK 1.x as a client: one conversation with our server, told as JSON on standard output. Started by peers.py."""
import asyncio
import contextlib
import json
import sys
import time

import httpx
from mcp import ClientSession, StdioServerParameters, types
from mcp.client.stdio import stdio_client
from mcp.client.streamable_http import streamable_http_client


@contextlib.asynccontextmanager
async def streams(job):
    if "url" in job:
        async with httpx.AsyncClient(headers=job["headers"], timeout=60) as http, streamable_http_client(job["url"], http_client=http) as (read, write, _):
            yield read, write
    else:
        async with stdio_client(StdioServerParameters(command=job["command"], args=job["args"], env=job["env"])) as (read, write):
            yield read, write


async def names(session):
    return [tool.name for tool in (await session.list_tools()).tools]


async def cancelled(session, call):
    """This SDK has no call of its own that cancels: its user leaves the request and sends the notification."""
    begun = asyncio.Event()

    async def told(*_):
        begun.set()

    number = session._request_id  # of the request that comes next
    running = asyncio.create_task(session.call_tool(call["name"], call["arguments"], progress_callback=told))
    await begun.wait()
    asked = time.monotonic()
    running.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await running
    await session.send_notification(types.ClientNotification(types.CancelledNotification(params=types.CancelledNotificationParams(requestId=number, reason="no longer wanted"))))
    return {"error": "cancelled", "after_ms": (time.monotonic() - asked) * 1000, "asked": True}


async def main(job):
    async with streams(job) as (read, write), ClientSession(read, write, client_info=types.Implementation(**job["client"])) as session:
        opened = await session.initialize()
        heard = {"protocol": opened.protocolVersion, "server": opened.serverInfo.name, "tools": await names(session), "progress": []}

        async def told(progress, total, message):
            heard["progress"].append({"progress": progress, "total": total, "message": message})

        heard["started"] = (await session.call_tool(job["start"]["name"], job["start"]["arguments"])).model_dump(mode="json")
        heard["waited"] = (await session.call_tool(job["wait"]["name"], job["wait"]["arguments"], progress_callback=told)).model_dump(mode="json")
        heard["cancelled"] = await cancelled(session, job["endless"])
        heard["again"] = await names(session)
    print(json.dumps(heard))


asyncio.run(main(json.loads(sys.argv[1])))
