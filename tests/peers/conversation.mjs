// What each TypeScript client says to our server; what it heard goes to standard output as JSON for peers.py to judge.
const names = async (client) => (await client.listTools()).tools.map((tool) => tool.name);

async function cancelled(job, call) {
    const abort = new AbortController();
    let asked = 0;
    const onprogress = () => {
        asked = asked || performance.now();
        abort.abort('no longer wanted');
    };
    try {
        await call(job.endless, { onprogress, signal: abort.signal });
        return { answered: true };
    } catch (error) {
        return { error: String(error), after_ms: performance.now() - asked, asked: asked > 0 };
    }
}

export async function converse(job, client, protocol, call) {
    const heard = { protocol, server: client.getServerVersion()?.name, tools: await names(client) };
    heard.started = await call(job.start, {});
    heard.progress = [];
    heard.waited = await call(job.wait, { onprogress: (progress) => heard.progress.push(progress) });
    heard.cancelled = await cancelled(job, call);
    heard.again = await names(client);
    await client.close();
    process.stdout.write(JSON.stringify(heard));
}
