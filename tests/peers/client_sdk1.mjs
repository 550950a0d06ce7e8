// The TypeScript SDK 1.x as a client: one conversation with our server, told as JSON on standard output. Started by peers.py.
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { converse } from './conversation.mjs';

const job = JSON.parse(process.argv[2]);
const client = new Client(job.client, { capabilities: {} });
const transport = job.url
    ? new StreamableHTTPClientTransport(new URL(job.url), { requestInit: { headers: job.headers } })
    : new StdioClientTransport({ command: job.command, args: job.args, env: job.env, stderr: 'inherit' });
let protocol;
transport.setProtocolVersion = ((set) => (version) => { protocol = version; set?.call(transport, version); })(transport.setProtocolVersion);
await client.connect(transport);
await converse(job, client, protocol, (call, options) => client.callTool(call, undefined, options));
