#include "conductor/api/definitions.h"

#include "conductor/api/parsed.h"
#include "conductor/base/fields.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace conductor {
namespace {

Result<DefinitionVersion> readVersion(const QJsonValue &json)
{
    Fields fields(json, u"definition"_s);
    DefinitionVersion version;
    version.name = fields.required(u"name");
    version.version = int(fields.integer(u"version", 1));
    version.created = fields.time(u"createTime");
    version.updated = fields.time(u"updateTime");
    return fields.read(std::move(version));
}

Result<Done> readVersions(const QJsonArray &elements, std::vector<DefinitionVersion> &versions)
{
    for (const QJsonValue &element : elements) {
        const Result<DefinitionVersion> version = readVersion(element);
        if (!version)
            return Failure(version.error());
        versions.push_back(*version);
    }
    return Done{};
}

// {"name": [version, …], …} of names-and-versions, or the plain list of an older server.
Result<std::vector<DefinitionVersion>> readAllVersions(const QJsonValue &json)
{
    std::vector<DefinitionVersion> versions;
    const QJsonObject byName = json.toObject();
    Result<Done> read = readVersions(json.toArray(), versions);
    for (auto it = byName.begin(); read && it != byName.end(); ++it)
        read = readVersions(it->toArray(), versions);
    if (!read)
        return Failure(read.error());
    std::sort(versions.begin(), versions.end(),
              [](const DefinitionVersion &a, const DefinitionVersion &b) { return std::tie(a.name, a.version) < std::tie(b.name, b.version); });
    return versions;
}

Reply<std::vector<DefinitionVersion>> allVersions(std::shared_ptr<Transport> transport)
{
    const Result<QJsonValue> listed
        = co_await outcome(transport->send(get(u"metadata"_s, u"workflow"_s, u"names-and-versions"_s).repeatably()));
    if (listed)
        co_return readAllVersions(*listed);
    if (listed.error().kind != Error::Kind::NotFound)
        co_return Failure(listed.error());
    // A server without that path takes it for the name of a definition it does not have.
    const QJsonValue whole = co_await transport->send(get(u"metadata"_s, u"workflow"_s).repeatably());
    co_return readAllVersions(whole);
}

} // namespace

Reply<std::vector<DefinitionVersion>> Definitions::versions() const
{
    return allVersions(m_transport);
}

Reply<std::shared_ptr<const WorkflowDefinition>> Definitions::get(QString name, int version) const
{
    Request request = conductor::get(u"metadata"_s, u"workflow"_s, name).repeatably();
    if (version > 0)
        request = request.with(u"version"_s, version);
    return parsedShared<WorkflowDefinition>(m_transport->send(request));
}

Reply<Done> Definitions::create(QJsonObject definition, Existing existing) const
{
    return done(m_transport->send(post(u"metadata"_s, u"workflow"_s).with(u"overwrite"_s, existing == Existing::Replace).json(definition)));
}

Reply<Done> Definitions::validate(QJsonObject definition) const
{
    return done(m_transport->send(post(u"metadata"_s, u"workflow"_s, u"validate"_s).json(definition).repeatably()));
}

Reply<Done> Definitions::remove(QString name, int version) const
{
    return done(m_transport->send(del(u"metadata"_s, u"workflow"_s, name, QString::number(version))));
}

} // namespace conductor
