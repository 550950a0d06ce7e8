// What the companion's HTTP server tells it on its standard output, a line once it knows: that it serves, or why it cannot.
#pragma once

#include "conductor/base/result.h"

#include <QByteArray>

#include <optional>

namespace mcp {

struct HttpReport {
    QString address = {};                           // "http://127.0.0.1:8900/mcp": it serves there
    std::optional<conductor::Error> failure = {};   // it ends after this

    QByteArray toLine() const;
    static std::optional<HttpReport> fromLine(const QByteArray &line);
};

} // namespace mcp
