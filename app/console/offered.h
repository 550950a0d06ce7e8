// What a server offers, as the console lists it: tools with their weight, resources and templates, prompts. Values; all their texts
// are hostile.
#pragma once

#include "mcp/policy/policy.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QString>

#include <vector>

namespace app {

struct Offered {
    enum class Kind { Tool, Resource, Template, Prompt };

    Kind kind = Kind::Tool;
    QString name;             // of a tool or prompt; the address of a resource or template
    QString title = {};
    QString description = {};
    QJsonObject schema = {};  // of its arguments
    QString group = {};       // toolset or type of content
    QString effect = {};      // translated
    qint64 bytes = 0;         // that a model reads of it in every conversation
    bool on = true;           // offered by the profile, as it is now
    bool isThere = true;      // in this session

    bool operator==(const Offered &) const = default;
};

// Those of the session, and those that exist but are switched off for the profile.
std::vector<Offered> offeredTools(const QJsonArray &tools, const mcp::Policy &policy);
std::vector<Offered> offeredResources(const QJsonArray &resources, const QJsonArray &templates);
std::vector<Offered> offeredPrompts(const QJsonArray &prompts);

// What asks the server for it: method and params.
std::pair<QString, QJsonObject> requestFor(const Offered &offered, const QJsonObject &arguments);
QString addressOf(const Offered &resource, const QJsonObject &arguments);

} // namespace app
