#include "app/activity/outcomelook.h"

#include "conductor/base/hostile.h"
#include "mcp/audit/callexport.h"

#include <QCoreApplication>

#include <array>

using namespace Qt::StringLiterals;
using conductor::StatusFamily;

namespace app {
namespace {

constexpr const char *context = "app::OutcomeLook";

struct Row {
    QStringView outcome;
    StatusFamily family;
    QStringView glyph;
    const char *word;
};

constexpr std::array<Row, 7> rows{{
    {u"ok", StatusFamily::Good, u"circle-check", QT_TRANSLATE_NOOP("app::OutcomeLook", "Done")},
    {u"error", StatusFamily::Bad, u"circle-x", QT_TRANSLATE_NOOP("app::OutcomeLook", "Failed")},
    {u"invalid", StatusFamily::Bad, u"octagon-x", QT_TRANSLATE_NOOP("app::OutcomeLook", "Invalid")},
    {u"refused", StatusFamily::NeedsYou, u"hand", QT_TRANSLATE_NOOP("app::OutcomeLook", "Refused")},
    {u"cancelled", StatusFamily::Quiet, u"ban", QT_TRANSLATE_NOOP("app::OutcomeLook", "Cancelled")},
    {u"unknown", StatusFamily::NeedsYou, u"circle-question-mark", QT_TRANSLATE_NOOP("app::OutcomeLook", "Unknown")},
    {u"running", StatusFamily::Active, u"loader-circle", QT_TRANSLATE_NOOP("app::OutcomeLook", "Running")},
}};

} // namespace

StatusLook outcomeLook(const QString &word)
{
    for (const Row &row : rows) {
        if (row.outcome == word)
            return {row.family, row.glyph.toString(), QCoreApplication::translate(context, row.word)};
    }
    return {StatusFamily::Quiet, u"circle-question-mark"_s, conductor::harmless(word, 30)};
}

StatusLook outcomeLook(const mcp::AuditEntry &call)
{
    if (call.kind == mcp::AuditEntry::Kind::Lost)
        return {StatusFamily::Bad, u"triangle-alert"_s, QCoreApplication::translate(context, "Lost")};
    return outcomeLook(mcp::outcomeOf(call));
}

QString effectName(const QString &word)
{
    if (word == u"read")
        return QCoreApplication::translate(context, "Reads");
    if (word == u"add")
        return QCoreApplication::translate(context, "Adds");
    if (word == u"change")
        return QCoreApplication::translate(context, "Changes");
    if (word == u"destroy")
        return QCoreApplication::translate(context, "Destroys");
    return conductor::harmless(word, 20);
}

QString effectName(mcp::Effect::Kind kind)
{
    switch (kind) {
    case mcp::Effect::Kind::Read:
        return effectName(u"read"_s);
    case mcp::Effect::Kind::Add:
        return effectName(u"add"_s);
    case mcp::Effect::Kind::Change:
        return effectName(u"change"_s);
    case mcp::Effect::Kind::Destroy:
        break;
    }
    return effectName(u"destroy"_s);
}

} // namespace app
