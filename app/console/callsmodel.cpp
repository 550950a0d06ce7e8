#include "app/console/callsmodel.h"

#include "app/widgets/timetext.h"
#include "conductor/base/hostile.h"

#include <QLocale>

#include <algorithm>

using namespace Qt::StringLiterals;
using conductor::harmless;

namespace app {
namespace {

QString outcomeOf(const ConsoleCall &call)
{
    switch (call.state) {
    case ConsoleCall::State::Running:
        return CallsModel::tr("running");
    case ConsoleCall::State::Answered:
        return call.isError ? CallsModel::tr("error") : CallsModel::tr("answered");
    case ConsoleCall::State::Failed:
        break;
    }
    return call.error.kind == conductor::Error::Kind::Cancelled ? CallsModel::tr("cancelled") : CallsModel::tr("no answer");
}

} // namespace

quint64 CallsModel::begin(ConsoleCall call)
{
    call.number = ++m_last;
    beginInsertRows({}, 0, 0);
    m_calls.insert(m_calls.begin(), std::move(call));
    endInsertRows();
    forgetOld();
    return m_last;
}

void CallsModel::finish(quint64 number, const conductor::Result<mcp::ServerAnswer> &answer, qint64 tookMs)
{
    const auto call = std::find_if(m_calls.begin(), m_calls.end(), [&](const ConsoleCall &one) { return one.number == number; });
    if (call == m_calls.end())
        return;
    call->tookMs = tookMs;
    call->state = answer ? ConsoleCall::State::Answered : ConsoleCall::State::Failed;
    if (answer) {
        call->answer = *answer;
        call->bytes = answer->bytes;
        call->isError = answer->isError();
    } else {
        call->error = answer.error();
    }
    const int row = int(call - m_calls.begin());
    Q_EMIT dataChanged(index(row, 0), index(row, ColumnCount - 1));
    forgetOld();
}

void CallsModel::forgetOld()
{
    if (m_calls.size() > mostCalls) {
        beginRemoveRows({}, int(mostCalls), int(m_calls.size()) - 1);
        m_calls.resize(mostCalls);
        endRemoveRows();
    }
    qint64 bytes = 0;
    for (ConsoleCall &call : m_calls) {
        bytes += call.answer ? call.bytes : 0;
        if (bytes > mostBytes)
            call.answer.reset();
    }
}

const ConsoleCall *CallsModel::at(const QModelIndex &index) const
{
    return index.isValid() ? &m_calls[size_t(index.row())] : nullptr;
}

QVariant CallsModel::data(const QModelIndex &index, int role) const
{
    const ConsoleCall *call = at(index);
    if (call && role == Qt::TextAlignmentRole && index.column() >= Took)
        return int(Qt::AlignRight | Qt::AlignVCenter);
    if (!call || role != Qt::DisplayRole)
        return {};
    switch (index.column()) {
    case Time:
        return QLocale().toString(call->time.toLocalTime().time(), u"HH:mm:ss"_s);
    case What:
        return harmless(call->offered.kind == Offered::Kind::Template ? addressOf(call->offered, call->arguments) : call->offered.name, 120);
    case Server:
        return QString(harmless(call->server, 60) + u", "_s + call->revision);
    case Outcome:
        return outcomeOf(*call);
    case Took:
        return call->state == ConsoleCall::State::Running ? QString() : durationText(call->tookMs);
    case Size:
        return call->bytes > 0 ? QLocale().formattedDataSize(call->bytes) : QString();
    }
    return {};
}

QVariant CallsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation == Qt::Horizontal && role == Qt::TextAlignmentRole && section >= Took)
        return int(Qt::AlignRight | Qt::AlignVCenter);
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    const QStringList words{tr("Time"), tr("Call"), tr("Server and revision"), tr("Outcome"), tr("Took"), tr("Size")};
    return words.value(section);
}

} // namespace app
