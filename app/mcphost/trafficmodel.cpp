#include "app/mcphost/trafficmodel.h"

#include "conductor/base/hostile.h"
#include "mcp/protocol/message.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QLocale>

#include <algorithm>

using namespace Qt::StringLiterals;
using conductor::harmless;
using mcp::TrafficLine;

namespace app {

// Lines come and go at the ends only: those that are known keep their numbers, so that a selected one stays selected.
void TrafficModel::show(const QList<TrafficLine> &lines)
{
    qint64 first = m_numbered;
    if (!m_rows.empty() && !lines.isEmpty()) {
        const auto same = [&](const TrafficRow &row) { return row.line.time == lines.first().time && row.line.line == lines.first().line; };
        const auto known = std::find_if(m_rows.rbegin(), m_rows.rend(), same);
        if (known != m_rows.rend())
            first = known->number;
    }
    std::vector<TrafficRow> rows;
    rows.reserve(size_t(lines.size()));
    for (qsizetype i = lines.size() - 1; i >= 0; --i)
        rows.push_back({first + i, lines[i]});
    m_numbered = std::max(m_numbered, first + lines.size());
    showRows(std::move(rows));
}

QJsonValue TrafficModel::message(const QModelIndex &index) const
{
    if (!index.isValid())
        return {};
    const mcp::RpcResult<QJsonValue> json = mcp::parseLine(m_rows[size_t(index.row())].line.line);
    return json ? *json : QJsonValue(QString::fromUtf8(m_rows[size_t(index.row())].line.line));
}

QVariant TrafficModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const TrafficLine &line = m_rows[size_t(index.row())].line;
    if (role == Qt::TextAlignmentRole && index.column() == Size)
        return int(Qt::AlignRight | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    switch (index.column()) {
    case Time:
        return QLocale().toString(line.time.toLocalTime().time(), u"HH:mm:ss.zzz"_s);
    case Direction:
        return line.direction == mcp::Relay::Direction::FromClient ? tr("from client") : tr("to client");
    case What:
        return nameOf(line.line);
    case Size:
        return QLocale().formattedDataSize(line.line.size());
    }
    return {};
}

QVariant TrafficModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation == Qt::Horizontal && role == Qt::TextAlignmentRole && section == Size)
        return int(Qt::AlignRight | Qt::AlignVCenter);
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Time:
        return tr("Time");
    case Direction:
        return tr("Direction");
    case What:
        return tr("Message");
    case Size:
        return tr("Size");
    }
    return {};
}

QString TrafficModel::nameOf(const QByteArray &line)
{
    const mcp::RpcResult<QJsonValue> json = mcp::parseLine(line);
    if (!json)
        return tr("not JSON");
    if (json->isArray())
        return tr("batch of messages: %1").arg(QLocale().toString(json->toArray().size()));
    const QJsonObject message = json->toObject();
    if (const QString method = message[u"method"].toString(); !method.isEmpty()) {
        const QString name = message[u"params"][u"name"].toString(message[u"params"][u"uri"].toString());
        return harmless(name.isEmpty() ? method : method + u' ' + name, 120);
    }
    const QString id = harmless(message[u"id"].toVariant().toString(), 60);
    const bool isError = message.contains(u"error") || message[u"result"][u"isError"].toBool();
    return isError ? tr("answer to %1: error").arg(id) : tr("answer to %1").arg(id);
}

} // namespace app
