#include "mcp/commandline.h"

using namespace Qt::StringLiterals;

namespace mcp {
namespace {

// The value of "--name VALUE" or "--name=VALUE"; nothing when the argument is another.
std::optional<QString> valueOf(const QString &name, const QStringList &arguments, qsizetype &at, QString &problem)
{
    const QString &argument = arguments[at];
    if (argument.startsWith(name + u'='))
        return argument.mid(name.size() + 1);
    if (argument != name)
        return {};
    if (at + 1 >= arguments.size()) {
        problem = u"%1 needs a value"_s.arg(name);
        return QString();
    }
    return arguments[++at];
}

} // namespace

CommandLine CommandLine::read(const QStringList &arguments)
{
    CommandLine line;
    for (qsizetype i = 0; i < arguments.size() && line.problem.isEmpty(); ++i) {
        const QString &argument = arguments[i];
        if (const auto profile = valueOf(u"--profile"_s, arguments, i, line.problem))
            line.profile = *profile;
        else if (const auto file = valueOf(u"--config"_s, arguments, i, line.problem))
            line.configFile = *file;
        else if (const auto session = valueOf(u"--serve-session"_s, arguments, i, line.problem))
            line.session = *session;
        else if (const auto address = valueOf(u"--http"_s, arguments, i, line.problem))
            line.http.at = *address;
        else if (const auto token = valueOf(u"--token-file"_s, arguments, i, line.problem))
            line.http.tokenFile = *token;
        else if (argument == u"--no-auth")
            line.http.noAuth = true;
        else if (argument == u"--allow-remote")
            line.http.allowRemote = true;
        else if (argument == u"--local_dev" || argument == u"--local-dev")
            line.localDev = true;
        else if (argument == u"--help" || argument == u"-h")
            line.command = Command::Help;
        else if (argument == u"--version")
            line.command = Command::Version;
        else if (argument == u"doctor" && line.command == Command::Serve)
            line.command = Command::Doctor;
        else if (argument != u"stdio" && argument != u"--stdio")
            line.problem = u"Unknown argument: %1"_s.arg(argument);
    }
    const int sources = int(!line.profile.isEmpty()) + int(!line.configFile.isEmpty()) + int(line.localDev);
    if (line.problem.isEmpty() && sources > 1)
        line.problem = u"Choose one of --profile, --config and --local_dev"_s;
    if (line.problem.isEmpty())
        line.problem = line.http.problem();
    return line;
}

QString helpText()
{
    return u"usage: conductor-mcp [SERVER]           serve an AI client on standard input/output\n"
           "       conductor-mcp --http [ADDRESS:]PORT [SERVER]       over HTTP, at /mcp\n"
           "       conductor-mcp doctor [SERVER]    check the connection, and say what to mend\n"
           "\n"
           "SERVER, the first that is given counts:\n"
           "  --profile NAME   a server kept by Conductor Companion, its key in the keychain\n"
           "  --config FILE    a JSON file with CONDUCTOR_SERVER_URL and, if the server\n"
           "                   wants them, CONDUCTOR_AUTH_KEY and CONDUCTOR_AUTH_SECRET\n"
           "  --local_dev      http://localhost:8080/api, without a key\n"
           "  else the file in CONDUCTOR_CONFIG_PATH, else CONDUCTOR_SERVER_URL (with the\n"
           "  key and secret beside it in the environment), else the default profile\n"
           "\n"
           "HTTP: --token-file FILE  what clients must show; or --no-auth, on this machine only\n"
           "      --allow-remote     before an ADDRESS that other machines can reach\n"
           "\n"
           "  --help, --version\n"
           "\n"
           "While Conductor Companion runs, a server with a profile is seen and governed there.\n"
           "Entry for an AI client: {\"command\": \"/PATH/conductor-mcp\", \"args\": [\"--profile\", \"NAME\"]}\n"_s;
}

} // namespace mcp
