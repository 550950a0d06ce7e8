#include "support/storeddefinitions.h"

#include <QJsonArray>

using namespace Qt::StringLiterals;
using conductor::Error;
using conductor::Failure;
using conductor::Request;
using conductor::Result;

namespace support {
namespace {

constexpr qint64 someTime = 1'795'000'000'000;

Failure unknown(const QString &name, const QString &version)
{
    return Failure({Error::Kind::NotFound, u"No such workflow found by name: %1, version: %2"_s.arg(name, version), {}, 404});
}

} // namespace

void StoredDefinitions::put(const QJsonObject &definition)
{
    const QString name = definition[u"name"].toString();
    const int version = definition[u"version"].toInt(1);
    m_definitions[name][version] = definition;
    m_puts[name][version] = ++m_count;
}

std::optional<QJsonObject> StoredDefinitions::stored(const QString &name, int version) const
{
    const auto versions = m_definitions.find(name);
    if (versions == m_definitions.end() || !versions->second.contains(version))
        return std::nullopt;
    return versions->second.at(version);
}

void StoredDefinitions::forget(const QString &name, int version)
{
    m_definitions[name].erase(version);
    if (m_definitions[name].empty())
        m_definitions.erase(name);
}

conductor::Reply<QJsonValue> StoredDefinitions::send(Request request)
{
    asked.push_back(request);
    return conductor::answered<QJsonValue>(error ? Result<QJsonValue>(Failure(*error)) : answerTo(request));
}

int StoredDefinitions::count(Request::Verb verb, const QString &lastSegment) const
{
    return int(std::count_if(asked.begin(), asked.end(),
                             [&](const Request &request) { return request.verb == verb && request.segments.last() == lastSegment; }));
}

Result<QJsonValue> StoredDefinitions::answerTo(const Request &request)
{
    const QString room = request.segments.value(0);
    if (room == u"workflow" && request.verb == Request::Verb::Post) {
        if (startFailure)
            return Failure(*startFailure);
        started.push_back(request.body.toObject());
        return QJsonValue(u"run-%1"_s.arg(started.size()));
    }
    if (room == u"metadata" && request.segments.value(1) == u"taskdefs")
        return QJsonValue(QJsonArray());
    if (room == u"metadata" && request.segments.value(1) == u"workflow")
        return request.segments.size() == 2 ? create(request) : named(request);
    return Failure({Error::Kind::NotFound, u"No static resource"_s});
}

Result<QJsonValue> StoredDefinitions::named(const Request &request)
{
    const QString name = request.segments.value(2);
    if (name == u"names-and-versions")
        return QJsonValue(namesAndVersions());
    if (name == u"validate")
        return refusal ? Result<QJsonValue>(Failure(*refusal)) : QJsonValue(QJsonValue::Null);
    if (request.verb == Request::Verb::Delete) {
        const QString version = request.segments.value(3);
        if (!stored(name, version.toInt()))
            return unknown(name, version);
        forget(name, version.toInt());
        return QJsonValue(QJsonValue::Null);
    }
    const QString wanted = request.query.queryItemValue(u"version"_s);
    const auto versions = m_definitions.find(name);
    const int version = wanted.isEmpty() && versions != m_definitions.end() ? versions->second.rbegin()->first : wanted.toInt();
    const std::optional<QJsonObject> found = stored(name, version);
    return found ? Result<QJsonValue>(*found) : unknown(name, wanted);
}

Result<QJsonValue> StoredDefinitions::create(const Request &request)
{
    const QJsonObject definition = request.body.toObject();
    const QString name = definition[u"name"].toString();
    const int version = definition[u"version"].toInt(1);
    if (request.query.queryItemValue(u"overwrite"_s) != u"true" && stored(name, version))
        return Failure({Error::Kind::Conflict, u"Workflow with %1.%2 already exists!"_s.arg(name).arg(version), {}, 409});
    if (refusal)
        return Failure(*refusal);
    put(definition);
    return QJsonValue(QJsonValue::Null);
}

QJsonObject StoredDefinitions::namesAndVersions() const
{
    QJsonObject all;
    for (const auto &[name, definitions] : m_definitions) {
        QJsonArray versions;
        for (const auto &[version, definition] : definitions)
            versions << QJsonObject{{u"name"_s, name}, {u"version"_s, version}, {u"createTime"_s, someTime + m_puts.at(name).at(version) * 1000}, {u"updateTime"_s, 0}};
        all.insert(name, versions);
    }
    return all;
}

} // namespace support
