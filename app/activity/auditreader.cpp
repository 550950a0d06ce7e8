#include "app/activity/auditreader.h"

#include "mcp/audit/callexport.h"

#include <QFileInfo>
#include <QSaveFile>

#include <algorithm>

#include <sys/stat.h>

using namespace Qt::StringLiterals;
using conductor::Done;
using conductor::Error;
using conductor::Failure;
using conductor::Reply;
using conductor::Result;
using mcp::AuditEntry;
using mcp::AuditQuery;
using mcp::AuditStore;

namespace app {
namespace {

Error givenUp()
{
    return {Error::Kind::Cancelled, u"Cancelled"_s};
}

bool wasCarriedOut(const AuditEntry &call)
{
    return call.kind != AuditEntry::Kind::Lost && call.outcome != u"refused" && call.outcome != u"invalid";
}

} // namespace

// The thread's part: the file, opened when it is first needed and again when another one stands in its place.
struct AuditReader::Worker : QObject {
    explicit Worker(QString from)
        : path(std::move(from))
    {
    }

    Result<Done> ready()
    {
        struct stat info = {};
        const bool there = stat(QFile::encodeName(path).constData(), &info) == 0;
        if (store && (!there || info.st_ino != inode))
            store.reset();
        if (store)
            return Done{};
        auto opened = std::make_unique<AuditStore>(path);
        if (const Result<Done> done = opened->open(AuditStore::Access::Read); !done)
            return done;
        store = std::move(opened);
        inode = info.st_ino;
        ++openings;
        return Done{};
    }

    QString path;
    std::unique_ptr<AuditStore> store;
    ino_t inode = 0;
    qint64 openings = 0;
};

AuditReader::AuditReader(QString path, QObject *parent)
    : QObject(parent)
    , m_worker(new Worker(std::move(path)))
{
    m_thread.setObjectName(u"audit-reader"_s);
    m_worker->moveToThread(&m_thread);
    connect(&m_thread, &QThread::finished, m_worker, &QObject::deleteLater);
    m_thread.start(QThread::LowPriority);
}

AuditReader::~AuditReader()
{
    *m_over = true;
    m_thread.quit();
    m_thread.wait();
}

// The promise goes with the work: when the thread ends before it, it answers Cancelled.
template <typename T, typename Work>
Reply<T> AuditReader::ask(Work work)
{
    auto promise = std::make_shared<QPromise<Result<T>>>();
    promise->start();
    const Reply<T> reply = promise->future();
    QMetaObject::invokeMethod(
        m_worker,
        [worker = m_worker, over = m_over, promise, work = std::move(work)] {
            const Result<Done> ready = *over ? Result<Done>(Failure(givenUp())) : worker->ready();
            promise->addResult(ready ? Result<T>(work(*worker->store)) : Result<T>(Failure(ready.error())));
            promise->finish();
        },
        Qt::QueuedConnection);
    return reply;
}

Reply<AuditReader::Rows> AuditReader::rows(AuditQuery query)
{
    ++*m_rowsWanted;
    return rowsWhile(std::move(query), m_rowsWanted);
}

Reply<AuditReader::Rows> AuditReader::session(AuditQuery query)
{
    return rowsWhile(std::move(query), std::make_shared<std::atomic<quint64>>(0));
}

// As long as the number stays what it is now.
Reply<AuditReader::Rows> AuditReader::rowsWhile(AuditQuery query, std::shared_ptr<std::atomic<quint64>> wanted)
{
    const quint64 mine = *wanted;
    return ask<Rows>([query = std::move(query), mine, wanted = std::move(wanted), over = m_over](AuditStore &store) -> Result<Rows> {
        auto rows = std::make_shared<std::vector<AuditEntry>>();
        const Result<Done> read = store.calls(query, [&](const AuditEntry &call) {
            rows->push_back(call);
            return *wanted == mine && !*over;
        });
        if (*wanted != mine || *over)
            return Failure(givenUp());
        if (!read)
            return Failure(read.error());
        std::reverse(rows->begin(), rows->end());
        return Rows(std::move(rows));
    });
}

Reply<mcp::AuditNames> AuditReader::names()
{
    return ask<mcp::AuditNames>([](AuditStore &store) { return store.names(); });
}

Reply<mcp::CallStatistics> AuditReader::statistics(AuditQuery query)
{
    const quint64 mine = ++*m_statisticsWanted;
    query.brief = true;
    return ask<mcp::CallStatistics>([query = std::move(query), mine, wanted = m_statisticsWanted, over = m_over](AuditStore &store) -> Result<mcp::CallStatistics> {
        mcp::CallCounter counter;
        const Result<Done> read = store.calls(query, [&](const AuditEntry &call) {
            counter.take(call);
            return *wanted == mine && !*over;
        });
        if (*wanted != mine || *over)
            return Failure(givenUp());
        if (!read)
            return Failure(read.error());
        return counter.result();
    });
}

Reply<std::vector<AuditReader::ClientUsage>> AuditReader::usage(qint64 since)
{
    return ask<std::vector<ClientUsage>>([since, over = m_over](AuditStore &store) -> Result<std::vector<ClientUsage>> {
        QMap<QString, mcp::Usage> byClient;
        const Result<Done> read = store.calls({.since = since, .brief = true}, [&](const AuditEntry &call) {
            if (wasCarriedOut(call))
                byClient[call.client].add(call.tool, mcp::effectKind(call.effect).value_or(mcp::Effect::Kind::Destroy));
            return !*over;
        });
        if (!read)
            return Failure(read.error());
        std::vector<ClientUsage> all;
        for (auto it = byClient.cbegin(); it != byClient.cend(); ++it)
            all.push_back({it.key(), it.value()});
        std::stable_sort(all.begin(), all.end(), [](const ClientUsage &a, const ClientUsage &b) { return a.usage.calls() > b.usage.calls(); });
        return all;
    });
}

Reply<mcp::ChainReport> AuditReader::verify()
{
    return ask<mcp::ChainReport>([](AuditStore &store) { return mcp::verifyChain(store); });
}

Reply<qint64> AuditReader::write(QString path, Format format, AuditQuery query)
{
    query.newest = 0;
    return ask<qint64>([path = std::move(path), format, query = std::move(query), over = m_over](AuditStore &store) -> Result<qint64> {
        QSaveFile file(path);
        const auto trouble = [&file] { return Error{Error::Kind::Validation, u"Cannot write %1: %2"_s.arg(file.fileName(), file.errorString()), u"Choose another place"_s}; };
        if (!file.open(QIODevice::WriteOnly))
            return Failure(trouble());
        file.setPermissions(QFile::ReadOwner | QFile::WriteOwner);
        qint64 calls = 0;
        bool written = format != Format::Csv || file.write(mcp::csvHeader()) > 0;
        const Result<Done> read = store.calls(query, [&](const AuditEntry &call) {
            ++calls;
            written = written && file.write(format == Format::Csv ? mcp::csvLine(call) : mcp::jsonLine(call)) > 0;
            return written && !*over;
        });
        if (*over)
            return Failure(givenUp());
        if (!read)
            return Failure(read.error());
        if (!written || !file.commit())
            return Failure(trouble());
        return calls;
    });
}

Reply<qint64> AuditReader::version()
{
    return ask<qint64>([worker = m_worker](AuditStore &store) -> Result<qint64> {
        const Result<qint64> version = store.dataVersion();
        if (!version)
            return version;
        return worker->openings * 1'000'000'000 + *version; // another file counts from the start again
    });
}

void AuditReader::rest()
{
    QMetaObject::invokeMethod(m_worker, [worker = m_worker] { worker->store.reset(); }, Qt::QueuedConnection);
}

} // namespace app
