#include "conductor/api/taskdefinitions.h"

#include "conductor/api/parsed.h"

using namespace Qt::StringLiterals;

namespace conductor {

Reply<std::vector<TaskDefinition>> TaskDefinitions::all() const
{
    return parsedList<TaskDefinition>(m_transport->send(conductor::get(u"metadata"_s, u"taskdefs"_s).repeatably()));
}

Reply<TaskDefinition> TaskDefinitions::get(QString name) const
{
    return parsed<TaskDefinition>(m_transport->send(conductor::get(u"metadata"_s, u"taskdefs"_s, name).repeatably()));
}

Reply<Done> TaskDefinitions::create(QJsonArray definitions) const
{
    return done(m_transport->send(post(u"metadata"_s, u"taskdefs"_s).json(definitions)));
}

Reply<Done> TaskDefinitions::update(QJsonObject definition) const
{
    return done(m_transport->send(put(u"metadata"_s, u"taskdefs"_s).json(definition)));
}

Reply<Done> TaskDefinitions::remove(QString name) const
{
    return done(m_transport->send(del(u"metadata"_s, u"taskdefs"_s, name)));
}

} // namespace conductor
