#include "app/clients/clientlook.h"

#include "conductor/base/directories.h"
#include "conductor/base/hostile.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;
using conductor::harmless;
using conductor::StatusFamily;
using Drift = mcp::ClientState::Drift;
using Entry = mcp::ClientState::Entry;

namespace app {
namespace {

QString tr(const char *text) { return QCoreApplication::translate("app::ClientLook", text); }

QString serverOf(const mcp::EntryWish &wish)
{
    if (!wish.url.isEmpty())
        return tr("the address %1").arg(harmless(wish.url, 120));
    return wish.profile.isEmpty() ? tr("the default server") : tr("the server %1").arg(harmless(wish.profile, 80));
}

} // namespace

StatusLook clientLook(const mcp::ClientState &state)
{
    switch (state.drift) {
    case Drift::Dropped:
        return {StatusFamily::NeedsYou, u"triangle-alert"_s, tr("Entry dropped")};
    case Drift::Changed:
        return {StatusFamily::NeedsYou, u"triangle-alert"_s, tr("Entry changed")};
    case Drift::ProgramGone:
        return {StatusFamily::Bad, u"circle-x"_s, tr("Program is gone")};
    case Drift::None:
        break;
    }
    switch (state.entry) {
    case Entry::Ours:
        return {StatusFamily::Good, u"circle-check"_s, tr("Registered")};
    case Entry::Foreign:
        return {StatusFamily::NeedsYou, u"triangle-alert"_s, tr("Another server")};
    case Entry::Unreadable:
        return {StatusFamily::Bad, u"circle-x"_s, tr("Not readable")};
    case Entry::None:
        break;
    }
    return state.isPresent ? StatusLook{StatusFamily::Quiet, u"circle-dashed"_s, tr("Not registered")} : StatusLook{StatusFamily::Quiet, u"circle"_s, tr("Not here")};
}

bool hasDrifted(const mcp::ClientState &state) { return state.isPresent && state.drift != Drift::None; }

QString driftSentence(const mcp::ClientState &state)
{
    if (state.drift == Drift::Dropped)
        return tr("%1 no longer has the entry").arg(state.client.name);
    if (state.drift == Drift::Changed)
        return tr("The entry in %1 was changed by somebody else").arg(state.client.name);
    return tr("%1 starts a program that is gone").arg(state.client.name);
}

QString clientSentence(const mcp::ClientState &state)
{
    const QString file = pathText(state.client.file);
    if (state.entry == Entry::Unreadable)
        return tr("Its configuration cannot be read, and is left alone: %1").arg(harmless(conductor::sentence(*state.trouble), 400));
    if (state.drift == Drift::Dropped)
        return tr("It was registered with %1, but the entry is gone from %2. Repair puts it back.").arg(serverOf(state.recorded), file);
    if (state.drift == Drift::Changed)
        return tr("The entry in %1 is not as it was registered. Repair brings back %2.").arg(file, serverOf(state.recorded));
    if (state.drift == Drift::ProgramGone)
        return tr("The entry in %1 starts %2, which is gone. Repair names the program of now.").arg(file, pathText(state.found.program));
    if (state.entry == Entry::Foreign)
        return tr("Another MCP server has the name “conductor” in %1. Registering replaces it; a backup is kept.").arg(file);
    if (state.entry == Entry::Ours)
        return tr("Registered with %1 in %2.").arg(serverOf(state.found), file);
    if (!state.isPresent)
        return tr("Neither its program nor its directory was found here. The entry can be copied for another machine.");
    return tr("Its configuration is %1. You see the change before it is made.").arg(file);
}

QString pathText(const QString &path)
{
    const QString home = conductor::homeDirectory() + u'/';
    return harmless(path.startsWith(home) ? QString(u"~/"_s + path.mid(home.size())) : path, 200);
}

} // namespace app
