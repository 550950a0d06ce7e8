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
namespace {

TrafficKind kindOf(const QByteArray &line)
{
    const mcp::RpcResult<QJsonValue> json = mcp::parseLine(line);
    if (!json || !json->isObject())
        return TrafficKind::Other;
    const QJsonObject message = json->toObject();
    if (message.contains(u"method"))
        return message.contains(u"id") ? TrafficKind::Request : TrafficKind::Notification;
    return message.contains(u"error") || message[u"result"][u"isError"].toBool() ? TrafficKind::Error : TrafficKind::Answer;
}

} // namespace

// Lines come and go at the ends only: those that are known keep their numbers, so that a selected one stays selected.
void TrafficModel::show(const QList<TrafficLine> &lines)
{
    qint64 first = m_numbered;
    size_t at = m_known.size(); // where the first line is among the known ones
    if (!lines.isEmpty()) {
        const auto same = [&](const TrafficRow &row) { return row.line.time == lines.first().time && row.line.line == lines.first().line; };
        const auto known = std::find_if(m_known.begin(), m_known.end(), same);
        at = size_t(known - m_known.begin());
        if (known != m_known.end())
            first = known->number;
    }
    std::vector<TrafficRow> rows(m_known.begin() + qint64(std::min(at, m_known.size())), m_known.end());
    if (qsizetype(rows.size()) > lines.size())
        rows.clear(); // another session's
    rows.reserve(size_t(lines.size()));
    for (qsizetype i = qsizetype(rows.size()); i < lines.size(); ++i)
        rows.push_back({first + i, lines[i], kindOf(lines[i].line)});
    m_numbered = std::max(m_numbered, first + lines.size());
    m_known = std::move(rows);
    apply();
}

void TrafficModel::setFilter(const QString &text, std::optional<TrafficKind> kind)
{
    m_text = text.toLower().toUtf8();
    m_kind = kind;
    apply();
}

void TrafficModel::apply()
{
    std::vector<TrafficRow> rows;
    for (auto row = m_known.rbegin(); row != m_known.rend(); ++row) {
        if (fits(*row))
            rows.push_back(*row);
    }
    showRows(std::move(rows));
}

bool TrafficModel::fits(const TrafficRow &row) const
{
    if (m_kind && row.kind != *m_kind)
        return false;
    return m_text.isEmpty() || QString::fromUtf8(row.line.line).toLower().toUtf8().contains(m_text);
}

QByteArray TrafficModel::jsonLines() const
{
    QByteArray text;
    for (auto row = m_rows.rbegin(); row != m_rows.rend(); ++row) {
        const mcp::RpcResult<QJsonValue> json = mcp::parseLine(row->line.line);
        const QJsonObject told{{u"time"_s, row->line.time.toString(Qt::ISODateWithMs)},
                               {u"direction"_s, row->line.direction == mcp::Relay::Direction::FromClient ? u"from client"_s : u"to client"_s},
                               {u"message"_s, json ? *json : QJsonValue(QString::fromUtf8(row->line.line))}};
        text += QJsonDocument(told).toJson(QJsonDocument::Compact) + '\n';
    }
    return text;
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
