// Registers our server in AI clients: knows them all, reads how they stand, plans a change so that a person can look at it, makes it,
// and takes it back. Whoever shows or commands it owns one.
#pragma once

#include "conductor/base/reply.h"
#include "mcp/clients/client.h"
#include "mcp/clients/clientrecords.h"
#include "mcp/clients/configfile.h"

#include <QObject>

namespace mcp {

struct ClientState {
    enum class Entry { None, Ours, Foreign, Unreadable };
    enum class Drift { None, Dropped, Changed, ProgramGone };

    Client client = {};
    bool isPresent = false;
    QString program = {}; // its binary, when it was found
    Entry entry = Entry::None;
    EntryWish found = {};    // of an entry of ours
    Drift drift = Drift::None;
    EntryWish recorded = {}; // as we registered it: what a repair brings back
    bool canUndo = false;
    std::optional<conductor::Error> trouble = {}; // why the file cannot be read
};

// A change that was not made yet.
struct ClientPlan {
    enum class Kind { Register, Unregister, Undo };

    Kind kind = Kind::Register;
    Client client = {};
    EntryWish wish = {};
    ConfigFile seen = {};
    QByteArray after = {};
    bool removesFile = false;       // an undo of what made it
    bool isWhole = true;            // an undo that brings back every byte; else only our entry goes back
    QStringList command = {};       // the client's own program and its arguments; empty: the text is edited

    bool changesNothing() const { return !removesFile && seen.exists && after == seen.content; }
};

class Registrar : public QObject
{
    Q_OBJECT

public:
    // directories: where the clients' programs are looked for.
    explicit Registrar(QStringList directories = programDirectories(), QObject *parent = nullptr);

    // Reads files, starts nothing.
    std::vector<ClientState> states() const;
    ClientState state(const Client &client) const;

    // Errors: Validation, with the place in the file, when it cannot be edited; NotFound when there is nothing to undo.
    conductor::Result<ClientPlan> planRegister(const Client &client, const EntryWish &wish) const;
    conductor::Result<ClientPlan> planUnregister(const Client &client) const;
    conductor::Result<ClientPlan> planUndo(const Client &client) const;

    // By the client's own command, or where that does not do it by an edit; a backup is kept before. Answers a remark for a person,
    // mostly empty. Errors: Conflict when the file is not as the plan saw it.
    conductor::Reply<QString> carryOut(ClientPlan plan);

    // What the client's program says of itself, empty for one that would open a window. Errors: NotFound, Timeout.
    conductor::Reply<QString> version(ClientState state);

private:
    ClientState stateOf(const Client &client, const ClientRecords &records) const;
    conductor::Result<conductor::Done> write(const ClientPlan &plan) const;
    bool isDone(const ClientPlan &plan) const;

    QStringList m_directories;
};

} // namespace mcp
