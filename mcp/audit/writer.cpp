#include "mcp/audit/writer.h"

#include <QCoreApplication>
#include <QDateTime>

#include <algorithm>
#include <cstdio>
#include <utility>

using namespace Qt::StringLiterals;
using namespace conductor;

namespace mcp {
namespace {

constexpr unsigned long secondsBetweenTries = 5;
constexpr size_t mostAtOnce = 500; // rows of one transaction: others want to write too
constexpr qint64 hour = 3'600'000;
constexpr qint64 day = 24 * hour;

} // namespace

AuditWriter::AuditWriter(AuditLog::Setup setup)
    : m_setup(std::move(setup))
{
    if (!m_setup.report)
        m_setup.report = [](const QString &text) { std::fprintf(stderr, "conductor-mcp: %s\n", qPrintable(text)); };
}

bool AuditWriter::put(Item item)
{
    const QMutexLocker lock(&m_mutex);
    if (m_items.size() + m_waiting >= mostWaiting) {
        ++m_lost;
        return false;
    }
    m_items.push_back(std::move(item));
    m_more.wakeOne();
    return true;
}

void AuditWriter::finish()
{
    const QMutexLocker lock(&m_mutex);
    m_finishing = true;
    m_more.wakeOne();
}

void AuditWriter::run()
{
    AuditStore store(m_setup.path);
    while (collect()) {
        const bool wasFailing = m_failing;
        const Result<Done> written = write(store);
        takeOutcome(written);
        const QMutexLocker lock(&m_mutex);
        if (!written && m_finishing)
            break;
        if (!written && wasFailing && m_items.empty())
            m_more.wait(&m_mutex, secondsBetweenTries * 1000);
    }
    const QMutexLocker lock(&m_mutex);
    releaseCalls();
    const qint64 left = qint64(m_rows.size() + m_items.size());
    m_lost += left;
    if (left > 0)
        m_setup.report(u"the audit could not be written to the end; rows lost: %1"_s.arg(m_lost));
}

// Makes ready what came, waiting for it when nothing is left to be written. False: that was all.
bool AuditWriter::collect()
{
    std::deque<Item> items;
    {
        const QMutexLocker lock(&m_mutex);
        while (m_items.empty() && m_rows.empty() && !m_finishing)
            m_more.wait(&m_mutex);
        items.swap(m_items);
        m_waiting += items.size();
    }
    for (const Item &item : items) // redaction takes its time; calls go on meanwhile
        m_rows.push_back(made(item));
    return !m_rows.empty();
}

AuditWriter::Row AuditWriter::made(const Item &item) const
{
    Row row{.ticket = item.ticket, .entry = item.call ? entryOf(*item.call) : AuditEntry(), .deadSince = item.deadSince, .kept = item.kept};
    row.entry.kind = item.call && item.end ? AuditEntry::Kind::Call : item.call ? AuditEntry::Kind::Begun : AuditEntry::Kind::Ended;
    if (item.end)
        addEnd(row.entry, *item.end);
    if (!item.call) {
        row.entry.time = QDateTime::currentMSecsSinceEpoch();
        row.entry.pid = item.deadPid ? item.deadPid : QCoreApplication::applicationPid();
    }
    if (item.deadPid)
        row.entry.detail = item.deadHow;
    return row;
}

Result<Done> AuditWriter::write(AuditStore &store)
{
    if (!store.isOpen()) {
        if (const Result<Done> opened = store.open(AuditStore::Access::Append); !opened) {
            store.close();
            return opened;
        }
    }
    while (!m_rows.empty()) {
        const auto end = m_rows.begin() + std::min(m_rows.size(), mostAtOnce);
        const bool durable = std::any_of(m_rows.begin(), end, [](const Row &row) { return row.entry.kind == AuditEntry::Kind::Begun; });
        if (const Result<Done> begun = store.begin(durable); !begun)
            return begun;
        QHash<AuditTrail::Ticket, qint64> numbers = m_begun;
        const qint64 lost = m_lost;
        Result<Done> done = append(store, numbers, lost);
        if (done)
            done = store.commit();
        if (!done) {
            store.rollback();
            store.close(); // a file that was replaced or mended is found again
            return done;
        }
        m_begun = std::move(numbers);
        m_lostTold = lost;
        std::for_each(m_rows.begin(), end, release);
        m_waiting -= size_t(end - m_rows.begin());
        m_rows.erase(m_rows.begin(), end);
    }
    pruneSome(store);
    return Done{};
}

Result<Done> AuditWriter::append(AuditStore &store, QHash<AuditTrail::Ticket, qint64> &begun, qint64 lost)
{
    const size_t count = std::min(m_rows.size(), mostAtOnce);
    for (size_t i = 0; i < count; ++i) {
        Row row = m_rows[i];
        if (row.deadSince > 0) {
            if (const Result<int> closed = store.closeOpen(row.entry.pid, row.deadSince, row.entry.detail); !closed)
                return Failure(closed.error());
            continue;
        }
        if (row.entry.kind == AuditEntry::Kind::Ended && (row.entry.refersTo = begun.take(row.ticket)) == 0)
            continue; // its beginning is lost and counted
        const Result<qint64> number = store.append(row.entry);
        if (!number)
            return Failure(number.error());
        if (row.entry.kind == AuditEntry::Kind::Begun)
            begun.insert(row.ticket, *number);
    }
    if (lost > m_lostTold) {
        AuditEntry entry{.kind = AuditEntry::Kind::Lost, .time = QDateTime::currentMSecsSinceEpoch(), .pid = QCoreApplication::applicationPid()};
        entry.detail = QString::number(lost - m_lostTold);
        if (const Result<qint64> appended = store.append(entry); !appended)
            return Failure(appended.error());
    }
    return Done{};
}

void AuditWriter::release(Row &row)
{
    if (!row.kept)
        return;
    row.kept->addResult(Done{});
    row.kept->finish();
    row.kept.reset();
}

// A little at a time, between what is to be written; an error is left to the next try.
void AuditWriter::pruneSome(AuditStore &store)
{
    const qint64 now = QDateTime::currentMSecsSinceEpoch();
    if (m_setup.keptDays <= 0 || now < m_nextPruning)
        return;
    m_nextPruning = now + hour;
    if (!store.begin(false))
        return;
    const Result<int> removed = store.prune(now - m_setup.keptDays * day, mostAtOnce);
    if (!removed || !store.commit())
        store.rollback();
    else if (*removed == int(mostAtOnce))
        m_nextPruning = now; // there may be more
}

// A disk that is nearly full takes one row and not the next: that is told once, not each time.
void AuditWriter::takeOutcome(const Result<Done> &written)
{
    if (written) {
        if (m_failing.exchange(false) && std::exchange(m_troubleTold, false))
            m_setup.report(u"the audit is written again; rows lost: %1"_s.arg(m_lost));
        return;
    }
    releaseCalls();
    const qint64 now = QDateTime::currentMSecsSinceEpoch();
    if (m_failing.exchange(true) || now < m_quietUntil)
        return;
    m_quietUntil = now + hour;
    m_troubleTold = true;
    m_setup.report(u"the audit %1 cannot be written: %2. Calls go on, their rows wait in memory"_s.arg(m_setup.path, sentence(written.error())));
}

// Nobody waits longer than for one try.
void AuditWriter::releaseCalls()
{
    for (Row &row : m_rows)
        release(row);
}

} // namespace mcp
