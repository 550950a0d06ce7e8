#include "scenes/sampledefinitions.h"

#include "scenes/sampleserver.h"
#include "support/samples.h"

#include <QJsonArray>
#include <QJsonObject>

#include <array>

using namespace Qt::StringLiterals;
using conductor::Error;
using conductor::Failure;
using conductor::Request;
using conductor::Result;

namespace scenes {
namespace {

struct Named {
    QStringView name;
    int versions;
    qint64 minutesAgo; // the newest was made
};

constexpr std::array<Named, 14> names{{
    {u"agent_research_and_summarise_weekly_report", 1, 4'300},
    {u"agent_swarm_22", 3, 26},
    {u"customer_onboarding_kyc", 4, 9'800},
    {u"invoice_ocr_extract", 2, 1'450},
    {u"kitchen_sink", 1, 230},
    {u"kitchen_sink_child", 1, 231},
    {u"nightly_ledger_reconciliation_eu_central", 7, 43'200},
    {u"order_fulfilment", 12, 95},
    {u"payment_capture_with_retry", 3, 30'100},
    {u"refund_with_manual_review", 5, 2'880},
    {u"send_reminder", 1, 260'000},
    {u"shipment_tracking_poll", 2, 61'000},
    {u"stock_level_sync", 9, 7'200},
    {u"user_data_export_gdpr", 2, 129'000},
}};

QJsonObject allVersions()
{
    QJsonObject all;
    for (const Named &named : names) {
        QJsonArray versions;
        for (int version = 1; version <= named.versions; ++version) {
            const qint64 minutes = named.minutesAgo + qint64(named.versions - version) * 8'640;
            versions << QJsonObject{{u"name"_s, named.name.toString()},
                                    {u"version"_s, version},
                                    {u"createTime"_s, sceneTime().addSecs(-minutes * 60 - 5'000).toMSecsSinceEpoch()},
                                    {u"updateTime"_s, sceneTime().addSecs(-minutes * 60).toMSecsSinceEpoch()}};
        }
        all.insert(named.name.toString(), versions);
    }
    return all;
}

QJsonObject definition(const QString &name, int version)
{
    QJsonObject json = support::sample(name == u"agent_swarm_22" ? u"swarm22.definition.json"_s : u"kitchen_sink.definition.json"_s).toObject();
    json[u"name"] = name;
    json[u"version"] = version;
    return json;
}

} // namespace

std::optional<Result<QJsonValue>> definitionAnswer(const Request &request)
{
    if (request.segments.value(0) != u"metadata")
        return std::nullopt;
    if (request.segments.value(1) == u"taskdefs") {
        QJsonArray tasks = support::sample(u"swarm22.taskdefs.json"_s).toArray();
        for (const QJsonValue &task : support::sample(u"kitchen_sink.taskdefs.json"_s).toArray())
            tasks << task;
        return QJsonValue(tasks);
    }
    const QString name = request.segments.value(2);
    if (request.verb != Request::Verb::Get)
        return QJsonValue(QJsonValue::Null); // checked, stored, deleted
    if (name == u"names-and-versions")
        return QJsonValue(allVersions());
    const auto named = std::find_if(names.begin(), names.end(), [&](const Named &one) { return one.name == name; });
    if (named == names.end())
        return Result<QJsonValue>(Failure({Error::Kind::NotFound, u"No such workflow found by name: %1, version: null"_s.arg(name)}));
    const int version = request.query.queryItemValue(u"version"_s).toInt();
    return QJsonValue(definition(name, version > 0 ? version : named->versions));
}

} // namespace scenes
