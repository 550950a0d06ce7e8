#include "support/pagedsearch.h"

#include "conductor/base/utc.h"

#include <QDateTime>
#include <QJsonArray>
#include <QPromise>
#include <QRegularExpression>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace support {
namespace {

QJsonObject run(const QString &id, const QString &name, const QString &status, const QDateTime &started)
{
    return {{u"workflowId"_s, id}, {u"workflowType"_s, name}, {u"version"_s, 1}, {u"status"_s, status}, {u"startTime"_s, started.toString(Qt::ISODateWithMs)}};
}

QStringList clause(const QString &query, const QString &field)
{
    const QRegularExpression pattern(u"(?:^| AND )%1(?:=| IN \\()([^)]*?)\\)?(?: AND |$)"_s.arg(field));
    return pattern.match(query).captured(1).split(u',', Qt::SkipEmptyParts);
}

bool isNamed(const QString &name, const QStringList &wanted)
{
    return wanted.isEmpty() || std::any_of(wanted.begin(), wanted.end(), [&](const QString &pattern) {
               return QRegularExpression(QRegularExpression::wildcardToRegularExpression(pattern)).match(name).hasMatch();
           });
}

} // namespace

void PagedSearch::addRuns(int count, const QString &name, const QString &status)
{
    for (int i = 0; i < count; ++i) {
        const int place = int(m_runs.size());
        m_runs.push_back(run(u"run-%1"_s.arg(place), name, status, conductor::utc(QDate(2026, 11, 22), QTime(12, 0)).addSecs(-place)));
    }
}

void PagedSearch::startRun(const QString &id, const QString &name, const QString &status)
{
    const QDateTime newest = m_runs.empty() ? conductor::utc(QDate(2026, 11, 22), QTime(12, 0))
                                            : QDateTime::fromString(m_runs.front()[u"startTime"].toString(), Qt::ISODateWithMs);
    m_runs.insert(m_runs.begin(), run(id, name, status, newest.addSecs(1)));
}

void PagedSearch::setStatus(const QString &id, const QString &status)
{
    for (QJsonObject &known : m_runs) {
        if (known[u"workflowId"] == id)
            known[u"status"] = status;
    }
}

void PagedSearch::removeRun(const QString &id)
{
    std::erase_if(m_runs, [&](const QJsonObject &known) { return known[u"workflowId"] == id; });
}

conductor::Reply<QJsonValue> PagedSearch::send(conductor::Request request)
{
    asked.push_back(request);
    if (silent) {
        m_unanswered.emplace_back().start();
        return m_unanswered.back().future();
    }
    if (error)
        return conductor::answered<QJsonValue>(conductor::Failure(*error));

    const QString query = request.query.queryItemValue(u"query"_s, QUrl::FullyDecoded);
    const QStringList statuses = clause(query, u"status"_s);
    const QStringList names = clause(query, u"workflowType"_s);
    const int start = request.query.queryItemValue(u"start"_s).toInt();
    const int size = request.query.queryItemValue(u"size"_s).toInt();
    int hits = 0;
    QJsonArray page;
    for (const QJsonObject &known : m_runs) {
        if ((!statuses.isEmpty() && !statuses.contains(known[u"status"].toString())) || !isNamed(known[u"workflowType"].toString(), names))
            continue;
        if (hits >= start && page.size() < size)
            page << known;
        ++hits;
    }
    return conductor::answered<QJsonValue>(QJsonValue(QJsonObject{{u"totalHits"_s, hits}, {u"results"_s, page}}));
}

} // namespace support
