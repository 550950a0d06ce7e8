#include "mcp/clients/client.h"

#include "conductor/base/directories.h"
#include "mcp/clients/textplace.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QUrl>

using namespace Qt::StringLiterals;
using namespace conductor;

// Resources of a static library register themselves only where something names them.
static void initialiseClientResources() { Q_INIT_RESOURCE(mcp_clients); }

namespace mcp {
namespace {

const QString ourProgram = u"conductor-mcp"_s;

JsonNode table()
{
    initialiseClientResources();
    QFile file(u":/clients/clients.json"_s);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    return readJson(file.readAll()).value_or(JsonNode());
}

QString resolved(QString path)
{
    if (path.startsWith(u'$')) {
        const qsizetype slash = path.indexOf(u'/');
        const QString value = qEnvironmentVariable(path.mid(1, slash - 1).toLatin1().constData());
        return QDir::isAbsolutePath(value) ? value + path.mid(slash) : QString();
    }
    const QString set = qEnvironmentVariable("XDG_CONFIG_HOME");
    path.replace(u"{config}"_s, QDir::isAbsolutePath(set) ? set : homeDirectory() + u"/.config"_s);
    return path.replace(u"{home}"_s, homeDirectory());
}

QStringList texts(const JsonNode &row, const QString &key)
{
    QStringList list;
    if (const JsonNode *node = row.member(key)) {
        for (const JsonNode &child : node->children)
            list << child.text;
    }
    return list;
}

QString text(const JsonNode &row, const QString &key)
{
    const JsonNode *node = row.member(key);
    return node ? node->text : QString();
}

std::vector<JsonNode> fieldsOf(const JsonNode &row, const QString &key)
{
    const JsonNode *node = row.member(key);
    return node ? node->children : std::vector<JsonNode>();
}

QString fileOf(const QStringList &candidates)
{
    QStringList files;
    for (const QString &candidate : candidates) {
        const QString path = resolved(candidate);
        if (candidate.startsWith(u'$') && !path.isEmpty())
            return path;
        if (!path.isEmpty())
            files << path;
    }
    for (const QString &file : files) {
        if (QFileInfo::exists(file) || QFileInfo(file).isSymLink())
            return file;
    }
    // None yet: where the client keeps its other files.
    for (const QString &file : files) {
        if (QFileInfo(file).dir().exists())
            return file;
    }
    return files.value(0);
}

Client clientOf(const JsonNode &row)
{
    Client client;
    client.id = text(row, u"id"_s);
    client.name = text(row, u"name"_s);
    client.programs = texts(row, u"programs"_s);
    client.tellsVersion = text(row, u"version"_s) != u"false";
    for (const QString &directory : texts(row, u"directories"_s))
        client.directories << resolved(directory);
    client.file = fileOf(texts(row, u"files"_s));
    const QString format = text(row, u"format"_s);
    client.place = {format == u"toml" ? EntryPlace::Format::Toml : format == u"yaml" ? EntryPlace::Format::Yaml : EntryPlace::Format::Json,
                    texts(row, u"key"_s), text(row, u"list"_s) == u"true", QString::fromLatin1(entryName)};
    client.stdio = fieldsOf(row, u"stdio"_s);
    client.http = fieldsOf(row, u"http"_s);
    client.add = texts(row, u"add"_s);
    client.addHttp = texts(row, u"addHttp"_s);
    client.remove = texts(row, u"remove"_s);
    client.link = text(row, u"link"_s);
    client.note = text(row, u"note"_s);
    return client;
}

QStringList argumentsOf(const EntryWish &wish) { return {u"--profile"_s, wish.profile}; }

JsonNode textNode(const QString &text)
{
    JsonNode node;
    node.kind = JsonNode::Kind::Text;
    node.text = text;
    return node;
}

bool wantsVariable(const JsonNode &node)
{
    return node.text.contains(u"{variable}"_s) || std::any_of(node.children.begin(), node.children.end(), wantsVariable);
}

QString filledText(QString text, const EntryWish &wish)
{
    return text.replace(u"{variable}"_s, wish.variable).replace(u"{command}"_s, wish.program).replace(u"{url}"_s, wish.url).replace(u"{name}"_s, QString::fromLatin1(entryName));
}

JsonNode filled(JsonNode node, const EntryWish &wish)
{
    if (node.text == u"{args}") { // a list of its own
        node.kind = JsonNode::Kind::Array;
        node.text.clear();
        for (const QString &argument : argumentsOf(wish))
            node.children.push_back(textNode(argument));
        return node;
    }
    if (node.kind == JsonNode::Kind::Text)
        node.text = filledText(node.text, wish);
    std::vector<JsonNode> children;
    for (const JsonNode &child : node.children) {
        if (node.kind == JsonNode::Kind::Array && child.text == u"{args}") { // within a list
            for (const QString &argument : argumentsOf(wish))
                children.push_back(textNode(argument));
        } else {
            children.push_back(filled(child, wish));
        }
    }
    node.children = std::move(children);
    return node;
}

QStringList commandOf(const QStringList &pattern, const EntryWish &wish)
{
    QStringList command;
    for (const QString &part : pattern) {
        if (part == u"{args}")
            command << argumentsOf(wish);
        else
            command << filledText(part, wish);
    }
    return command;
}

void collectTexts(const QJsonValue &value, QStringList &texts)
{
    if (value.isString())
        texts << value.toString();
    for (const QJsonValue &element : value.toArray())
        collectTexts(element, texts);
}

} // namespace

Result<std::vector<JsonNode>> Client::fields(const EntryWish &wish) const
{
    if (!wish.url.isEmpty() && http.empty())
        return Failure({Error::Kind::Validation, u"%1 takes no HTTP server from its configuration file"_s.arg(name), u"Register it without an address"_s});
    const std::vector<JsonNode> &pattern = wish.url.isEmpty() ? stdio : http;
    const bool takesVariable = std::any_of(pattern.begin(), pattern.end(), wantsVariable);
    if (!wish.variable.isEmpty() && !takesVariable)
        return Failure({Error::Kind::Validation, u"%1 could only be given the token itself, and that is not written into files"_s.arg(name),
                        u"Register it without an address, or enter the header in %1 yourself"_s.arg(name)});
    std::vector<JsonNode> result;
    for (const JsonNode &field : pattern) {
        if (!wish.variable.isEmpty() || !wantsVariable(field))
            result.push_back(filled(field, wish));
    }
    return result;
}

QStringList Client::obsolete(const EntryWish &wish) const
{
    QStringList keys;
    const Result<std::vector<JsonNode>> wanted = fields(wish);
    for (const JsonNode &field : wish.url.isEmpty() ? http : stdio) {
        const bool stays = wanted && std::any_of(wanted->begin(), wanted->end(), [&](const JsonNode &other) { return other.key == field.key; });
        if (!stays)
            keys << field.key;
    }
    return keys;
}

QStringList Client::addCommand(const EntryWish &wish) const
{
    if (wish.url.isEmpty())
        return commandOf(add, wish);
    return wish.variable.isEmpty() ? commandOf(addHttp, wish) : QStringList();
}

QStringList Client::removeCommand() const { return commandOf(remove, {}); }

QString Client::linkFor(const EntryWish &wish) const
{
    const Result<std::vector<JsonNode>> wanted = fields(wish);
    if (link.isEmpty() || !wanted)
        return {};
    JsonNode entry;
    entry.children = *wanted;
    JsonNode named = entry;
    JsonNode nameNode = textNode(place.name);
    nameNode.key = u"name"_s;
    named.children.insert(named.children.begin(), nameNode);
    const auto encoded = [](const QByteArray &bytes) { return QString::fromLatin1(QUrl::toPercentEncoding(QString::fromUtf8(bytes))); };
    QString text = link;
    return text.replace(u"{name}"_s, place.name)
        .replace(u"{entry64}"_s, encoded(writtenCompactly(entry).toBase64()))
        .replace(u"{namedEntry}"_s, encoded(writtenCompactly(named)));
}

Result<QString> Client::textFor(const EntryWish &wish) const
{
    const Result<std::vector<JsonNode>> wanted = fields(wish);
    if (!wanted)
        return Failure(wanted.error());
    const Result<QByteArray> text = withEntry({}, place, *wanted, {});
    if (!text)
        return Failure(text.error());
    return QString::fromUtf8(*text);
}

EntryWish wishIn(const Client &client, const QJsonObject &entry)
{
    EntryWish wish;
    for (const JsonNode &field : client.http) {
        if (field.text == u"{url}")
            wish.url = entry[field.key].toString();
    }
    QStringList words;
    for (const JsonNode &field : client.stdio) {
        if (field.text == u"{command}" || field.text == u"{args}" || field.kind == JsonNode::Kind::Array)
            collectTexts(entry[field.key], words);
    }
    const auto program = std::find_if(words.begin(), words.end(), [](const QString &word) { return QFileInfo(word).fileName() == ourProgram; });
    if (program != words.end()) {
        wish.program = *program;
        wish.profile = words.value(words.indexOf(u"--profile"_s, program - words.begin()) + 1);
        if (!words.contains(u"--profile"_s))
            wish.profile.clear();
    }
    return wish;
}

bool isOurs(const EntryWish &wish) { return !wish.program.isEmpty() || !wish.url.isEmpty(); }

std::vector<Client> knownClients()
{
    std::vector<Client> clients;
    const JsonNode rows = table();
    if (const JsonNode *list = rows.member(u"clients"_s)) {
        for (const JsonNode &row : list->children)
            clients.push_back(clientOf(row));
    }
    return clients;
}

QStringList programDirectories()
{
    QStringList directories = qEnvironmentVariable("PATH").split(u':', Qt::SkipEmptyParts);
    for (const QString &pattern : texts(table(), u"path"_s)) {
        const QString path = resolved(pattern);
        const qsizetype star = path.indexOf(u"/*/"_s);
        if (star < 0) {
            directories << path;
            continue;
        }
        for (const QString &found : QDir(path.first(star)).entryList(QDir::Dirs | QDir::NoDotAndDotDot, QDir::Name | QDir::Reversed))
            directories << path.first(star) + u'/' + found + path.mid(star + 2);
    }
    directories.removeDuplicates();
    return directories;
}

} // namespace mcp
