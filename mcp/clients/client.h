// An AI client that we can register in: a row of resources/clients/clients.json, with its paths resolved for this user. A value.
#pragma once

#include "mcp/clients/configtext.h"

#include <QStringList>

#include <optional>
#include <vector>

namespace mcp {

// What a client is told: a program to start with a profile, or an address.
struct EntryWish {
    QString program = {};
    QString profile = {};
    QString url = {};      // HTTP instead
    QString variable = {}; // the environment variable that holds the server's token; empty: it wants none
};

struct Client {
    QString id = {};
    QString name = {};
    QStringList programs = {};    // names of binaries
    bool tellsVersion = true;     // false: asked for it, it opens a window
    QStringList directories = {}; // one of them exists where the client was used
    QString file = {};            // its configuration, which need not exist
    EntryPlace place = {};
    std::vector<JsonNode> stdio = {}; // the fields of an entry, with placeholders
    std::vector<JsonNode> http = {};  // empty: it takes none from its file
    QStringList add = {};
    QStringList addHttp = {};
    QStringList remove = {};
    QString link = {};
    QString note = {};

    // Errors: Validation when the client takes no HTTP entry, or no reference to a token: the token itself is never written.
    conductor::Result<std::vector<JsonNode>> fields(const EntryWish &wish) const;
    QStringList obsolete(const EntryWish &wish) const; // fields of the other kind of entry

    // The arguments of the client's own command, empty when it has none for that.
    QStringList addCommand(const EntryWish &wish) const;
    QStringList removeCommand() const;

    // A link that installs the entry when it is opened; empty when the client has none.
    QString linkFor(const EntryWish &wish) const;

    // What stands in its file, for a person to copy.
    conductor::Result<QString> textFor(const EntryWish &wish) const;
};

// Of an entry that stands in the client's file; a profile or an address, empty when it is not one of ours.
EntryWish wishIn(const Client &client, const QJsonObject &entry);
bool isOurs(const EntryWish &wish);

constexpr auto entryName = "conductor";

// All rows in their order, and the directories of "path", for this user and environment.
std::vector<Client> knownClients();
QStringList programDirectories(); // of PATH and those where programs lie that are not on a window's PATH

} // namespace mcp
