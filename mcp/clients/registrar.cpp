#include "mcp/clients/registrar.h"

#include "conductor/base/hostile.h"
#include "conductor/base/privatefile.h"
#include "mcp/clients/clientprogram.h"
#include "mcp/clients/yamltext.h"

#include <QCryptographicHash>
#include <QFileInfo>
#include <QJsonDocument>
#include <QRegularExpression>

using namespace Qt::StringLiterals;
using namespace conductor;
using namespace std::chrono_literals;

namespace mcp {
namespace {

constexpr auto commandLimit = 60s;
constexpr auto versionLimit = 10s;

QByteArray hashOf(const QByteArray &content) { return QCryptographicHash::hash(content, QCryptographicHash::Sha256); }

Error inFile(Error error, const QString &path)
{
    error.message = u"%1, %2"_s.arg(path, error.message);
    if (error.hint.isEmpty())
        error.hint = u"Mend the file, or copy the entry into it by hand"_s;
    return error;
}

// Only the fields that we write count: a client may add its own.
bool isAsRecorded(const Client &client, const QJsonObject &entry, const QJsonObject &recorded)
{
    for (const std::vector<JsonNode> &fields : {client.stdio, client.http}) {
        for (const JsonNode &field : fields) {
            const bool isIdentity = field.kind == JsonNode::Kind::Text && field.text.contains(u'{');
            const bool isList = field.kind == JsonNode::Kind::Array;
            if ((isIdentity || isList || recorded.contains(field.key)) && entry[field.key] != recorded[field.key])
                return false;
        }
    }
    return true;
}

bool isRunnable(const QString &program) { return QFileInfo(program).isExecutable(); }

// Of the fields alone, read back from a new text as the client's own format has them.
bool holds(const QJsonObject &entry, const std::vector<JsonNode> &fields)
{
    return std::all_of(fields.begin(), fields.end(), [&](const JsonNode &field) { return asWritten(entry[field.key]) == asWritten(valueOf(field)); });
}

Result<std::optional<QJsonObject>> entryNow(const Client &client)
{
    const Result<ConfigFile> file = readConfig(client.file);
    if (!file)
        return Failure(file.error());
    return entryIn(file->content, client.place);
}

Result<Done> record(const ClientPlan &plan, const QString &backup)
{
    const Result<ConfigFile> file = readConfig(plan.client.file);
    const ClientRecords records = readClientRecords();
    const auto known = records.constFind(plan.client.id);
    if (plan.kind == ClientPlan::Kind::Undo) {
        if (known == records.cend() || known->earlier.isEmpty())
            return keepClientRecord(plan.client.id, {});
        return keepClientRecord(plan.client.id, ClientRecord::fromJson(known->earlier));
    }
    if (!file)
        return Failure(file.error());
    ClientRecord now{plan.client.file, {}, backup, hashOf(file->content), QDateTime::currentDateTimeUtc(), {}};
    const Result<std::optional<QJsonObject>> entry = entryIn(file->content, plan.client.place);
    if (entry && *entry)
        now.entry = **entry;
    if (known != records.cend()) {
        now.earlier = known->toJson();
        now.earlier.remove(u"earlier"_s);
    }
    return keepClientRecord(plan.client.id, now);
}

} // namespace

Registrar::Registrar(QStringList directories, QObject *parent)
    : QObject(parent)
    , m_directories(std::move(directories))
{
}

std::vector<ClientState> Registrar::states() const
{
    const ClientRecords records = readClientRecords();
    std::vector<ClientState> states;
    for (const Client &client : knownClients())
        states.push_back(stateOf(client, records));
    return states;
}

ClientState Registrar::state(const Client &client) const
{
    return stateOf(client, readClientRecords());
}

ClientState Registrar::stateOf(const Client &client, const ClientRecords &records) const
{
    ClientState state{.client = client};
    state.program = findProgram(client.programs, m_directories);
    state.isPresent = !state.program.isEmpty() || std::any_of(client.directories.begin(), client.directories.end(), [](const QString &path) { return QFileInfo(path).isDir(); });
    const auto known = records.constFind(client.id);
    const bool isRecorded = known != records.cend() && known->file == client.file;
    state.canUndo = isRecorded;
    if (isRecorded && !known->entry.isEmpty())
        state.recorded = wishIn(client, known->entry);

    const Result<std::optional<QJsonObject>> entry = entryNow(client);
    if (!entry) {
        state.entry = ClientState::Entry::Unreadable;
        state.trouble = inFile(entry.error(), client.file);
        return state;
    }
    if (!*entry) {
        if (isRecorded && !known->entry.isEmpty())
            state.drift = ClientState::Drift::Dropped;
        return state;
    }
    state.found = wishIn(client, **entry);
    state.entry = isOurs(state.found) ? ClientState::Entry::Ours : ClientState::Entry::Foreign;
    if (isRecorded && !known->entry.isEmpty() && !isAsRecorded(client, **entry, known->entry))
        state.drift = ClientState::Drift::Changed;
    else if (!state.found.program.isEmpty() && !isRunnable(state.found.program))
        state.drift = ClientState::Drift::ProgramGone;
    return state;
}

Result<ClientPlan> Registrar::planRegister(const Client &client, const EntryWish &wish) const
{
    const Result<std::vector<JsonNode>> fields = client.fields(wish);
    if (!fields)
        return Failure(fields.error());
    const Result<ConfigFile> file = readConfig(client.file);
    if (!file)
        return Failure(file.error());
    const Result<std::optional<QJsonObject>> entry = entryIn(file->content, client.place);
    if (!entry)
        return Failure(inFile(entry.error(), client.file));
    // Another server's entry of this name goes as a whole: its environment may hold keys.
    const bool isForeign = *entry && !isOurs(wishIn(client, **entry));
    Result<QByteArray> after = isForeign ? withoutEntry(file->content, client.place) : Result<QByteArray>(file->content);
    if (after)
        after = withEntry(*after, client.place, *fields, client.obsolete(wish));
    if (!after)
        return Failure(inFile(after.error(), client.file));
    ClientPlan plan{.kind = ClientPlan::Kind::Register, .client = client, .wish = wish, .seen = *file, .after = *after};
    const QString program = findProgram(client.programs, m_directories);
    if (const QStringList arguments = client.addCommand(wish); !*entry && !arguments.isEmpty() && !program.isEmpty())
        plan.command = QStringList{program} + arguments;
    return plan;
}

Result<ClientPlan> Registrar::planUnregister(const Client &client) const
{
    const Result<ConfigFile> file = readConfig(client.file);
    if (!file)
        return Failure(file.error());
    const Result<QByteArray> after = withoutEntry(file->content, client.place);
    if (!after)
        return Failure(inFile(after.error(), client.file));
    ClientPlan plan{.kind = ClientPlan::Kind::Unregister, .client = client, .seen = *file, .after = *after};
    const QString program = findProgram(client.programs, m_directories);
    if (const QStringList arguments = client.removeCommand(); *after != file->content && !arguments.isEmpty() && !program.isEmpty())
        plan.command = QStringList{program} + arguments;
    return plan;
}

Result<ClientPlan> Registrar::planUndo(const Client &client) const
{
    const ClientRecords records = readClientRecords();
    const auto known = records.constFind(client.id);
    if (known == records.cend() || known->file != client.file)
        return Failure({Error::Kind::NotFound, u"There is nothing to undo for %1"_s.arg(client.name)});
    const Result<ConfigFile> file = readConfig(client.file);
    if (!file)
        return Failure(file.error());
    const Result<QByteArray> backup = known->backup.isEmpty() ? Result<QByteArray>(QByteArray()) : readWhole(known->backup);
    if (!backup)
        return Failure(backup.error());
    ClientPlan plan{.kind = ClientPlan::Kind::Undo, .client = client, .seen = *file, .after = *backup};
    if (file->exists && hashOf(file->content) == known->after) {
        plan.removesFile = known->backup.isEmpty();
        return plan;
    }
    // Somebody wrote to it since: only our entry goes back to what it was.
    plan.isWhole = false;
    const Result<std::optional<QJsonObject>> before = entryIn(*backup, client.place);
    Result<QByteArray> after = withoutEntry(file->content, client.place);
    if (before && *before && after) {
        const Result<JsonNode> node = readJson(QJsonDocument(**before).toJson());
        after = withEntry(file->content, client.place, node ? node->children : std::vector<JsonNode>(), client.obsolete(wishIn(client, **before)));
    }
    if (!after)
        return Failure(inFile(after.error(), client.file));
    plan.after = *after;
    return plan;
}

bool Registrar::isDone(const ClientPlan &plan) const
{
    const Result<std::optional<QJsonObject>> entry = entryNow(plan.client);
    if (!entry)
        return false;
    if (plan.kind == ClientPlan::Kind::Unregister)
        return !*entry;
    const Result<std::vector<JsonNode>> fields = plan.client.fields(plan.wish);
    return *entry && fields && holds(**entry, *fields);
}

Result<Done> Registrar::write(const ClientPlan &plan) const
{
    return plan.removesFile ? removeConfig(plan.seen) : replaceConfig(plan.seen, plan.after);
}

Reply<QString> Registrar::carryOut(ClientPlan plan)
{
    const Result<ConfigFile> now = readConfig(plan.client.file);
    if (!now)
        co_return Failure(now.error());
    if (now->content != plan.seen.content || now->exists != plan.seen.exists)
        co_return Failure({Error::Kind::Conflict, u"%1 was changed by somebody else meanwhile"_s.arg(plan.client.file), u"Look at the change again"_s});
    QString backup;
    if (plan.seen.exists && plan.kind != ClientPlan::Kind::Undo) {
        const Result<QString> kept = keepBackup(plan.client.id, plan.seen);
        if (!kept)
            co_return Failure(kept.error());
        backup = *kept;
    }
    QString remark;
    bool isWritten = false;
    if (!plan.command.isEmpty()) {
        const Result<ProgramEnd> end = co_await outcome(runProgram(plan.command.first(), plan.command.mid(1), m_directories, commandLimit));
        isWritten = end && end->code == 0 && isDone(plan);
        if (!isWritten) {
            const QString why = end ? QString::fromUtf8(end->output).trimmed() : end.error().message;
            remark = u"%1's own command did not do it (%2); its file was edited instead"_s.arg(plan.client.name, harmless(why, 300));
            // It may have written something all the same.
            const Result<ClientPlan> again = plan.kind == ClientPlan::Kind::Register ? planRegister(plan.client, plan.wish) : planUnregister(plan.client);
            if (!again)
                co_return Failure(again.error());
            plan.seen = again->seen;
            plan.after = again->after;
        }
    }
    if (!isWritten && !plan.changesNothing()) {
        if (const Result<Done> written = write(plan); !written)
            co_return Failure(written.error());
    }
    if (plan.kind != ClientPlan::Kind::Undo && !isDone(plan))
        co_return Failure({Error::Kind::Conflict, u"%1 was written, but the entry is not in it as it should be"_s.arg(plan.client.file), u"Look at the file"_s});
    if (const Result<Done> kept = record(plan, backup); !kept)
        remark = u"The change was made, but cannot be undone from here: %1"_s.arg(kept.error().message);
    co_return remark;
}

Reply<QString> Registrar::version(ClientState state)
{
    if (state.program.isEmpty())
        co_return Failure({Error::Kind::NotFound, u"The program of %1 was not found"_s.arg(state.client.name)});
    if (!state.client.tellsVersion)
        co_return QString();
    const ProgramEnd end = co_await runProgram(state.program, QStringList(u"--version"_s), m_directories, versionLimit);
    static const QRegularExpression number(u"\\b[0-9]+\\.[0-9]+[0-9A-Za-z.+-]*"_s); // warnings may stand before it
    const QRegularExpressionMatch match = number.match(QString::fromUtf8(end.output));
    if (end.code != 0 || !match.hasMatch())
        co_return Failure({Error::Kind::NotFound, u"%1 did not tell its version"_s.arg(state.client.name)});
    co_return match.captured().left(40);
}

} // namespace mcp
