#include "conductor/base/hostile.h"
#include "conductor/definition/textdiff.h"
#include "conductor/profile/profilestore.h"
#include "mcp/clients/registrar.h"
#include "mcp/commands/commands.h"
#include "mcp/commands/console.h"

#include <QCoreApplication>
#include <QFutureWatcher>

using namespace Qt::StringLiterals;
using namespace conductor;

namespace mcp {
namespace {

using Entry = ClientState::Entry;
using Drift = ClientState::Drift;

QString differences(const ClientPlan &plan)
{
    QString text;
    const QString after = plan.removesFile ? QString() : QString::fromUtf8(plan.after);
    for (const DiffHunk &hunk : hunks(textDiff(QString::fromUtf8(plan.seen.content), after), 2)) {
        if (hunk.skipped > 0)
            text += u"    ...\n"_s;
        for (const DiffLine &line : hunk.lines) {
            if (line.text.isEmpty() && plan.seen.content.isEmpty())
                continue; // an empty file is not an empty line
            const QChar sign = line.kind == DiffLine::Kind::Added ? u'+' : line.kind == DiffLine::Kind::Removed ? u'-' : u' ';
            QString shown = line.text;
            if (shown.endsWith(u'\r'))
                shown.chop(1);
            text += u"  %1 "_s.arg(sign) + harmless(shown, 1000) + u'\n';
        }
    }
    return text;
}

QString word(const ClientState &state)
{
    switch (state.drift) {
    case Drift::Dropped:
        return u"dropped"_s;
    case Drift::Changed:
        return u"changed"_s;
    case Drift::ProgramGone:
        return u"program gone"_s;
    case Drift::None:
        break;
    }
    switch (state.entry) {
    case Entry::Ours:
        return u"registered"_s;
    case Entry::Foreign:
        return u"another server"_s;
    case Entry::Unreadable:
        return u"unreadable"_s;
    case Entry::None:
        break;
    }
    return state.isPresent ? u"not registered"_s : u"absent"_s;
}

QString reachOf(const ClientState &state)
{
    if (!state.found.url.isEmpty())
        return state.found.url;
    return state.entry == Entry::Ours ? state.found.profile : QString();
}

QJsonObject jsonOf(const ClientState &state, const QString &version)
{
    return {{u"id"_s, state.client.id},
            {u"name"_s, state.client.name},
            {u"present"_s, state.isPresent},
            {u"program"_s, state.program},
            {u"version"_s, version},
            {u"file"_s, state.client.file},
            {u"state"_s, word(state)},
            {u"profile"_s, state.found.profile},
            {u"url"_s, state.found.url},
            {u"command"_s, state.found.program},
            {u"undo"_s, state.canUndo},
            {u"trouble"_s, state.trouble ? sentence(*state.trouble) : QString()}};
}

// One command from its begin to its end.
class Registration : public QObject
{
    Q_OBJECT

public:
    Registration(const CommandLine &line, int out)
        : m_line(line)
        , m_out(out)
    {
    }

    Reply<int> list();
    Reply<int> run();

private:
    Result<EntryWish> wish() const;
    Result<std::vector<ClientState>> chosen() const;
    Result<ClientPlan> plan(const Client &client, const EntryWish &wish) const;
    Reply<QString> change(ClientState state, EntryWish wish);

    const CommandLine m_line;
    const int m_out;
    Registrar m_registrar;
};

Reply<int> Registration::list()
{
    QJsonArray all;
    QString text;
    const std::vector<ClientState> states = m_registrar.states();
    std::vector<Reply<QString>> versions; // they are asked at the same time
    for (const ClientState &state : states)
        versions.push_back(m_registrar.version(state));
    for (size_t i = 0; i < states.size(); ++i) {
        const ClientState &state = states[i];
        const Result<QString> version = co_await outcome(versions[i]);
        all << jsonOf(state, version.value_or(QString()));
        text += u"%1  %2  %3  %4\n"_s.arg(state.client.id, -16).arg(word(state), -14).arg(version ? *version : QString(), -24).arg(reachOf(state)).trimmed() + u'\n';
        if (state.trouble && state.isPresent)
            text += u"    %1\n"_s.arg(sentence(*state.trouble));
    }
    const bool isPrinted = m_line.json ? print(m_out, printable(all)) : print(m_out, harmless(text, text.size(), Lines::Keep));
    co_return isPrinted ? fine : notFine;
}

Result<EntryWish> Registration::wish() const
{
    EntryWish wish{QCoreApplication::applicationFilePath(), {}, m_line.url, m_line.tokenVariable};
    if (m_line.command == CommandLine::Command::Unregister || m_line.undo || !wish.url.isEmpty())
        return wish;
    ProfileStore profiles;
    if (const Result<Done> read = profiles.load(); !read)
        return Failure(read.error());
    const Result<Profile> profile = profiles.named(m_line.profile);
    if (!profile)
        return Failure(profile.error());
    wish.profile = profile->name;
    return wish;
}

Result<std::vector<ClientState>> Registration::chosen() const
{
    std::vector<ClientState> states = m_registrar.states();
    if (m_line.all) {
        std::erase_if(states, [&](const ClientState &state) { return !state.isPresent || (m_line.undo && !state.canUndo); });
        return states;
    }
    std::vector<ClientState> found;
    for (const QString &id : m_line.operands) {
        const auto known = std::find_if(states.begin(), states.end(), [&](const ClientState &state) { return state.client.id == id; });
        if (known == states.end())
            return Failure({Error::Kind::NotFound, u"There is no AI client %1"_s.arg(id), u"conductor-mcp clients tells which there are"_s});
        if (!known->isPresent)
            return Failure({Error::Kind::NotFound, u"%1 was not found here: neither its program nor its directory"_s.arg(known->client.name)});
        found.push_back(*known);
    }
    return found;
}

Result<ClientPlan> Registration::plan(const Client &client, const EntryWish &wish) const
{
    if (m_line.undo)
        return m_registrar.planUndo(client);
    return m_line.command == CommandLine::Command::Register ? m_registrar.planRegister(client, wish) : m_registrar.planUnregister(client);
}

// What was done, or would be.
Reply<QString> Registration::change(ClientState state, EntryWish wish)
{
    const Result<ClientPlan> planned = plan(state.client, wish);
    if (!planned)
        co_return Failure(planned.error());
    if (planned->changesNothing() || (!planned->seen.exists && planned->after.isEmpty()))
        co_return u"nothing to change in %1\n"_s.arg(state.client.file);
    QString text = u"%1%2\n"_s.arg(m_line.dryRun ? u"would change "_s : QString(), state.client.file);
    if (!planned->command.isEmpty())
        text += u"    by: %1\n"_s.arg(planned->command.join(u' '));
    text += differences(*planned);
    if (m_line.dryRun)
        co_return text;
    const QString remark = co_await m_registrar.carryOut(*planned);
    if (!remark.isEmpty())
        text += u"    %1\n"_s.arg(remark);
    if (!state.client.note.isEmpty())
        text += u"    %1\n"_s.arg(state.client.note);
    co_return text;
}

Reply<int> Registration::run()
{
    const Result<EntryWish> wanted = wish();
    const Result<std::vector<ClientState>> states = chosen();
    for (const std::optional<Error> &error : {wanted ? std::nullopt : std::optional(wanted.error()), states ? std::nullopt : std::optional(states.error())}) {
        if (error) {
            complain(sentence(*error));
            co_return usageError;
        }
    }
    if (states->empty())
        complain(u"No AI client was found"_s);
    int code = states->empty() ? notFine : fine;
    for (const ClientState &state : *states) {
        const Result<QString> text = co_await outcome(change(state, *wanted));
        if (!text) {
            complain(u"%1: %2"_s.arg(state.client.name, sentence(text.error())));
            code = notFine;
        } else if (!print(m_out, QString(state.client.name + u": "_s + *text))) {
            co_return notFine;
        }
    }
    co_return code;
}

int untilAnswered(const Reply<int> &reply)
{
    QFutureWatcher<Result<int>> watcher;
    QObject::connect(&watcher, &QFutureWatcherBase::finished, qApp, [&watcher] { QCoreApplication::exit(answer(watcher.future()).value_or(notFine)); });
    watcher.setFuture(reply);
    return QCoreApplication::exec();
}

} // namespace

int listClients(const CommandLine &line, int out)
{
    Registration registration(line, out);
    return untilAnswered(registration.list());
}

int registerClients(const CommandLine &line, int out)
{
    Registration registration(line, out);
    return untilAnswered(registration.run());
}

} // namespace mcp

#include "registration.moc"
