// Which tools a server offers: chosen by toolset or name, on the command line and in a profile. A value; a chosen few is what a
// model handles best, and what is not offered is refused by every other way too.
#pragma once

#include "conductor/base/result.h"

#include <QJsonObject>
#include <QStringList>

namespace mcp {

// "insight", "execution", "workflow", "task", "api", in this order, and the tools of each.
QStringList toolsets();
QStringList toolsOf(QStringView toolset);
QString toolsetOf(QStringView tool); // empty for an unknown tool

struct Selection {
    QStringList toolsets = {}; // toolsets and presets; with tools empty too: all tools
    QStringList tools = {};    // beside them, by name, with "conductor_" or without
    QStringList excluded = {}; // wins over both
    bool readOnly = false;     // nothing may be changed

    bool operator==(const Selection &) const = default;

    // Presets: minimal (see, find and start runs), standard (all but the API), full (all), dynamic (see runs; the API for the rest).
    bool offers(const QString &tool) const;

    // As it came from outside, names completed. Errors: Validation naming what is unknown and what there is.
    conductor::Result<Selection> checked() const;

    // {"toolsets": […], "tools": […], "exclude_tools": […], "read_only": true}, what is empty left out.
    QJsonObject toJson() const;
    // Errors: Validation for an unknown name or a value of the wrong kind.
    static conductor::Result<Selection> fromJson(const QJsonObject &json);

    // As conductor-mcp takes them: "--toolsets=a,b", …
    QStringList toArguments() const;
};

} // namespace mcp
