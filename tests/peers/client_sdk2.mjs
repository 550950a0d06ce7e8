// The TypeScript SDK 2.x as a client in one of its modes: one conversation with our server, told as JSON on standard output. Started
// by peers.py.
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { converse } from './conversation.mjs';

const job = JSON.parse(process.argv[2]);
const mode = job.mode === 'modern' ? { pin: '2026-07-28' } : job.mode;
const client = new Client(job.client, { capabilities: {}, versionNegotiation: { mode } });
const transport = job.url
    ? new StreamableHTTPClientTransport(new URL(job.url), { requestInit: { headers: job.headers } })
    : new StdioClientTransport({ command: job.command, args: job.args, env: job.env, stderr: 'inherit' });
await client.connect(transport);
await converse(job, client, client.getNegotiatedProtocolVersion(), (call, options) => client.callTool(call, options));
