#include "scenes/sampleserver.h"

#include "conductor/base/utc.h"
#include "scenes/sampledefinitions.h"
#include "support/samples.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QPromise>
#include <QRegularExpression>

#include <array>

using namespace Qt::StringLiterals;
using conductor::Error;
using conductor::Failure;
using conductor::Result;

namespace scenes {
namespace {

constexpr int runCount = 240;

struct Workflow {
    QStringView name;
    int version;
    qint64 usualMs;
};

constexpr std::array<Workflow, 9> workflows{{
    {u"agent_swarm_22", 3, 540'000},
    {u"order_fulfilment", 12, 4'200},
    {u"invoice_ocr_extract", 2, 38'000},
    {u"kitchen_sink_local", 1, 96'000},
    {u"nightly_ledger_reconciliation_eu_central", 7, 2'640'000},
    {u"customer_onboarding_kyc", 4, 73'000},
    {u"send_reminder", 1, 310},
    {u"refund_with_manual_review", 5, 1'250'000},
    {u"agent_research_and_summarise_weekly_report", 1, 184'000},
}};

// The same number each time, without looking regular.
uint scattered(uint i)
{
    i = (i ^ 61) ^ (i >> 16);
    i *= 9;
    i ^= i >> 4;
    i *= 0x27d4eb2d;
    return i ^ (i >> 15);
}

QString idOf(uint i)
{
    const uint a = scattered(i), b = scattered(i + 1000), c = scattered(i + 2000), d = scattered(i + 3000);
    return u"%1-%2-4%3-a%4-%5%6"_s.arg(a, 8, 16, QChar(u'0'))
        .arg(b >> 16, 4, 16, QChar(u'0'))
        .arg(b & 0xfff, 3, 16, QChar(u'0'))
        .arg(c & 0xfff, 3, 16, QChar(u'0'))
        .arg(c >> 16, 4, 16, QChar(u'0'))
        .arg(d, 8, 16, QChar(u'0'));
}

QStringList realReasons()
{
    QStringList reasons;
    for (const QString &name : {u"sub_failed_parent.execution.json"_s, u"f_terminal.execution.json"_s, u"f_wf_timeout.execution.json"_s, u"f_retries.execution.json"_s})
        reasons << support::sampleExecution(name).reason;
    return reasons;
}

std::vector<QJsonObject> believableRuns()
{
    const QStringList reasons = realReasons();
    std::vector<QJsonObject> runs;
    QDateTime started = sceneTime().addSecs(-9);
    for (uint i = 0; i < runCount; ++i) {
        const uint dice = scattered(i * 7 + 3);
        const Workflow &workflow = workflows[dice % workflows.size()];
        const qint64 age = started.msecsTo(sceneTime());
        const qint64 took = workflow.usualMs * (30 + scattered(i + 77) % 140) / 100;
        const uint luck = scattered(i + 555) % 100;
        QString status = luck < 80 ? u"COMPLETED"_s : luck < 91 ? u"FAILED"_s : luck < 95 ? u"TIMED_OUT"_s : u"TERMINATED"_s;
        if (took > age)
            status = i % 5 == 3 ? u"PAUSED"_s : u"RUNNING"_s;
        const bool open = status == u"RUNNING" || status == u"PAUSED";
        QJsonObject run{{u"workflowId"_s, idOf(i)},
                        {u"workflowType"_s, workflow.name.toString()},
                        {u"version"_s, workflow.version},
                        {u"status"_s, status},
                        {u"correlationId"_s, i % 3 == 0 ? u"order-%1"_s.arg(48'213 + i) : QString()},
                        {u"startTime"_s, started.toString(Qt::ISODateWithMs)},
                        {u"updateTime"_s, started.addMSecs(open ? age : took).toString(Qt::ISODateWithMs)},
                        {u"executionTime"_s, open ? 0 : took},
                        {u"priority"_s, 0}};
        if (!open)
            run[u"endTime"] = started.addMSecs(took).toString(Qt::ISODateWithMs);
        if (status == u"FAILED" || status == u"TIMED_OUT")
            run[u"reasonForIncompletion"] = status == u"TIMED_OUT" ? reasons[2] : reasons[int(scattered(i + 9) % 4) == 2 ? 0 : int(scattered(i + 9) % 4)];
        if (status == u"TERMINATED")
            run[u"reasonForIncompletion"] = u"Stopped by operations before the maintenance window"_s;
        runs.push_back(run);
        started = started.addSecs(-qint64(5 + scattered(i + 31) % (20 + i * 3)));
    }
    return runs;
}

// The one clause of the query's text that has the field, without it: "status IN (A,B)" gives "A,B".
QString clause(const QString &query, const QString &field)
{
    const QRegularExpression pattern(u"(?:^| AND )%1(?:=| IN \\()([^)]*?)\\)?(?: AND |$)"_s.arg(field));
    return pattern.match(query).captured(1);
}

QJsonValue searched(const std::vector<QJsonObject> &runs, const QUrlQuery &asked)
{
    const QString query = asked.queryItemValue(u"query"_s, QUrl::FullyDecoded);
    const QStringList statuses = clause(query, u"status"_s).split(u',', Qt::SkipEmptyParts);
    const QString name = clause(query, u"workflowType"_s).remove(u'*');
    const QString text = asked.queryItemValue(u"freeText"_s, QUrl::FullyDecoded).remove(u'*');
    const int start = asked.queryItemValue(u"start"_s).toInt();
    const int size = asked.queryItemValue(u"size"_s).toInt();

    int hits = 0;
    QJsonArray page;
    for (const QJsonObject &run : runs) {
        const bool fits = (statuses.isEmpty() || statuses.contains(run[u"status"].toString())) && run[u"workflowType"].toString().contains(name)
            && (text.isEmpty() || run[u"workflowType"].toString().contains(text) || run[u"correlationId"].toString().contains(text));
        if (!fits)
            continue;
        if (hits >= start && page.size() < size)
            page << run;
        ++hits;
    }
    return QJsonObject{{u"totalHits"_s, hits}, {u"results"_s, page}};
}

} // namespace

QDateTime sceneTime()
{
    return conductor::utc(QDate(2026, 11, 22), QTime(14, 32, 7));
}

SampleServer::SampleServer(Mood mood)
    : m_mood(mood)
    , m_runs(believableRuns())
{
}

void SampleServer::addRun(const QJsonObject &execution)
{
    const QString path = u"workflow/"_s + execution[u"workflowId"].toString();
    m_known[path] = execution;
    m_known[path + u"/status"_s] = QJsonObject{{u"workflowId"_s, execution[u"workflowId"]}, {u"status"_s, execution[u"status"]}};
}

void SampleServer::addLog(const QString &taskId, const QJsonArray &lines)
{
    m_known[u"tasks/%1/log"_s.arg(taskId)] = lines;
}

std::optional<QJsonValue> SampleServer::known(const QStringList &path) const
{
    const auto found = m_known.find(path.join(u'/'));
    return found == m_known.end() ? std::nullopt : std::optional(found->second);
}

conductor::Reply<QJsonValue> SampleServer::send(conductor::Request request)
{
    const bool isSearch = request.segments == QStringList{u"workflow"_s, u"search"_s};
    if (const auto run = known(request.segments); run && m_mood != Mood::Unreachable && m_mood != Mood::Silent)
        return conductor::answered<QJsonValue>(*run);
    switch (m_mood) {
    case Mood::Unreachable:
        return conductor::answered<QJsonValue>(Failure({Error::Kind::Network, u"Connection refused by 127.0.0.1:8080"_s, u"Check that the server runs and that its address ends in /api"_s}));
    case Mood::Silent:
        m_unanswered.emplace_back().start();
        return m_unanswered.back().future();
    case Mood::Full:
        if (isSearch)
            return conductor::answered<QJsonValue>(searched(m_runs, request.query));
        if (const auto definition = definitionAnswer(request))
            return conductor::answered<QJsonValue>(*definition);
        break;
    case Mood::Calm: {
        std::vector<QJsonObject> good;
        for (const QJsonObject &run : m_runs) {
            if (run[u"status"] == u"COMPLETED"_s)
                good.push_back(run);
        }
        if (isSearch)
            return conductor::answered<QJsonValue>(searched(good, request.query));
        break;
    }
    case Mood::Empty:
        if (isSearch)
            return conductor::answered<QJsonValue>(searched({}, request.query));
        if (request.segments.value(0) == u"metadata")
            return conductor::answered<QJsonValue>(QJsonValue(QJsonObject()));
        break;
    }
    if (request.segments.size() == 2 && request.segments.first() == u"workflow")
        return conductor::answered<QJsonValue>(Failure({Error::Kind::NotFound, u"No such workflow found by id: %1"_s.arg(request.segments.last()), {}, 404}));
    return conductor::answered<QJsonValue>(Failure({Error::Kind::NotFound, u"No static resource %1"_s.arg(request.segments.join(u'/'))}));
}

} // namespace scenes
