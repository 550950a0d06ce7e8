#include "app/executions/statelook.h"

#include "conductor/base/hostile.h"

#include <QCoreApplication>

#include <array>

using namespace Qt::StringLiterals;
using State = conductor::Graph::State;

namespace app {
namespace {

struct Row {
    State state;
    QStringView glyph;
    const char *word;
};

constexpr std::array<Row, 13> rows{{
    {State::Planned, u"circle", QT_TRANSLATE_NOOP("app::StateLook", "Planned")},
    {State::Blocked, u"lock", QT_TRANSLATE_NOOP("app::StateLook", "Blocked")},
    {State::Queued, u"inbox", QT_TRANSLATE_NOOP("app::StateLook", "Queued")},
    {State::Running, u"loader-circle", QT_TRANSLATE_NOOP("app::StateLook", "Running")},
    {State::Waiting, u"hourglass", QT_TRANSLATE_NOOP("app::StateLook", "Waiting")},
    {State::Retrying, u"rotate-ccw", QT_TRANSLATE_NOOP("app::StateLook", "Retrying")},
    {State::Done, u"circle-check", QT_TRANSLATE_NOOP("app::StateLook", "Done")},
    {State::DoneWithErrors, u"triangle-alert", QT_TRANSLATE_NOOP("app::StateLook", "Failed, optional")},
    {State::Skipped, u"skip-forward", QT_TRANSLATE_NOOP("app::StateLook", "Skipped")},
    {State::Failed, u"circle-x", QT_TRANSLATE_NOOP("app::StateLook", "Failed")},
    {State::TimedOut, u"timer-off", QT_TRANSLATE_NOOP("app::StateLook", "Timed out")},
    {State::Canceled, u"ban", QT_TRANSLATE_NOOP("app::StateLook", "Canceled")},
    {State::NotTaken, u"split", QT_TRANSLATE_NOOP("app::StateLook", "Not taken")},
}};

} // namespace

StatusLook stateLook(State state, const QString &serverWord)
{
    for (const Row &row : rows) {
        if (row.state == state)
            return {conductor::family(state), row.glyph.toString(), QCoreApplication::translate("app::StateLook", row.word)};
    }
    const QString word = serverWord.isEmpty() ? QCoreApplication::translate("app::StateLook", "Unknown") : conductor::harmless(serverWord, 40);
    return {conductor::StatusFamily::Quiet, u"circle-question-mark"_s, word};
}

StatusLook stateLook(const conductor::Graph::Node &node)
{
    StatusLook look = stateLook(node.state, node.statusWord);
    look.family = conductor::family(node);
    if (node.state == State::Waiting && look.family == conductor::StatusFamily::NeedsYou)
        look.glyph = u"hand"_s;
    return look;
}

} // namespace app
