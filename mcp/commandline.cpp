#include "mcp/commandline.h"

#include <QRegularExpression>
#include <QUrl>

#include <algorithm>
#include <array>
#include <utility>

using namespace Qt::StringLiterals;

namespace mcp {
namespace {

using Command = CommandLine::Command;

const std::array commands{std::pair{u"doctor", Command::Doctor}, std::pair{u"tools", Command::Tools}, std::pair{u"call", Command::Call},
                          std::pair{u"audit", Command::Audit}, std::pair{u"validate", Command::Validate}, std::pair{u"register", Command::Register},
                          std::pair{u"unregister", Command::Unregister}, std::pair{u"clients", Command::Clients}};

// Options with a value, "--name VALUE" or "--name=VALUE".
const std::array values{std::pair{u"--profile", &CommandLine::profile},     std::pair{u"--config", &CommandLine::configFile},
                        std::pair{u"--serve-session", &CommandLine::session}, std::pair{u"--format", &CommandLine::format},
                        std::pair{u"--since", &CommandLine::since},         std::pair{u"--tool", &CommandLine::tool},
                        std::pair{u"--holds", &CommandLine::holds},         std::pair{u"--log-level", &CommandLine::logLevel},
                        std::pair{u"--log-file", &CommandLine::logFile},   std::pair{u"--url", &CommandLine::url},
                        std::pair{u"--token-variable", &CommandLine::tokenVariable}};

const std::array switches{std::pair{u"--json", &CommandLine::json}, std::pair{u"--all", &CommandLine::all}, std::pair{u"--dry-run", &CommandLine::dryRun},
                          std::pair{u"--undo", &CommandLine::undo}};

// Options with names, "--tools A,B", which may come more than once.
const std::array lists{std::pair{u"--toolsets", &Selection::toolsets}, std::pair{u"--tools", &Selection::tools},
                       std::pair{u"--exclude-tools", &Selection::excluded}};

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

bool takeNames(CommandLine &line, const QStringList &arguments, qsizetype &at)
{
    for (const auto &[name, member] : lists) {
        if (const auto names = valueOf(QString::fromUtf16(name), arguments, at, line.problem)) {
            for (const QString &each : names->split(u',', Qt::SkipEmptyParts))
                line.offered.*member << each.trimmed();
            if (names->isEmpty() && line.problem.isEmpty())
                line.problem = u"%1 needs names"_s.arg(QStringView(name));
            return true;
        }
    }
    return false;
}

bool takeValue(CommandLine &line, const QStringList &arguments, qsizetype &at)
{
    if (const auto address = valueOf(u"--http"_s, arguments, at, line.problem)) {
        line.http.at = *address;
        return true;
    }
    if (const auto file = valueOf(u"--token-file"_s, arguments, at, line.problem)) {
        line.http.tokenFile = *file;
        return true;
    }
    if (const auto replaced = valueOf(u"--supervised"_s, arguments, at, line.problem)) {
        line.http.supervised = *replaced;
        return true;
    }
    for (const auto &[name, member] : values) {
        if (const auto value = valueOf(QString::fromUtf16(name), arguments, at, line.problem)) {
            line.*member = *value;
            return true;
        }
    }
    return false;
}

bool takeSwitch(CommandLine &line, const QString &argument)
{
    const auto known = std::find_if(switches.begin(), switches.end(), [&](const auto &pair) { return argument == QStringView(pair.first); });
    if (known == switches.end())
        return false;
    line.*known->second = true;
    return true;
}

// The first word that is no option names the command; the others are what it works on.
bool takeWord(CommandLine &line, const QString &argument)
{
    if (argument.startsWith(u'-') && argument != u"-")
        return false;
    if (line.command != Command::Serve) {
        line.operands << argument;
        return line.command != Command::Doctor;
    }
    for (const auto &[name, command] : commands) {
        if (argument == QStringView(name)) {
            line.command = command;
            return true;
        }
    }
    return argument == u"stdio"; // what other servers are started with
}

QString registrationProblem(const CommandLine &line)
{
    static const QRegularExpression variable(u"^[A-Za-z_][A-Za-z0-9_]*$"_s);
    const bool registers = line.command == Command::Register || line.command == Command::Unregister;
    if (line.command == Command::Clients && !line.operands.isEmpty())
        return u"clients takes no names"_s;
    if (registers && line.operands.isEmpty() != line.all)
        return u"Name AI clients, or say --all; conductor-mcp clients tells which there are"_s;
    if (!registers && (line.all || line.dryRun || line.undo))
        return u"--all, --dry-run and --undo belong to register and unregister"_s;
    if ((!line.url.isEmpty() || !line.tokenVariable.isEmpty()) && line.command != Command::Register)
        return u"--url and --token-variable belong to register"_s;
    if (!line.url.isEmpty() && !line.profile.isEmpty())
        return u"A server at a --url has its own profile; leave out --profile"_s;
    const QString scheme = QUrl(line.url, QUrl::StrictMode).scheme();
    if (!line.url.isEmpty() && ((scheme != u"http" && scheme != u"https") || QUrl(line.url).host().isEmpty()))
        return u"--url is an http or https address, such as http://127.0.0.1:8900/mcp"_s;
    if (!line.tokenVariable.isEmpty() && (line.url.isEmpty() || !variable.match(line.tokenVariable).hasMatch()))
        return u"--token-variable names an environment variable, and goes with --url"_s;
    if (registers && (!line.configFile.isEmpty() || line.localDev))
        return u"An AI client is registered with a profile: --profile NAME"_s;
    return {};
}

QString problemOf(const CommandLine &line)
{
    static const QStringList levels{u""_s, u"debug"_s, u"info"_s, u"warning"_s, u"error"_s};
    static const QStringList audits{u"list"_s, u"export"_s, u"verify"_s};
    if (int(!line.profile.isEmpty()) + int(!line.configFile.isEmpty()) + int(line.localDev) > 1)
        return u"Choose one of --profile, --config and --local_dev"_s;
    if (!levels.contains(line.logLevel))
        return u"--log-level is debug, info, warning or error"_s;
    if (line.command == Command::Call && (line.operands.isEmpty() || line.operands.size() > 2))
        return u"call needs the name of a tool, then its arguments as JSON"_s;
    if (line.command == Command::Tools && !line.operands.isEmpty())
        return u"tools takes no names"_s;
    if (line.command == Command::Audit && (line.operands.size() != 1 || !audits.contains(line.operands.first())))
        return u"audit does one of list, export and verify"_s;
    if (line.command == Command::Validate && line.operands.isEmpty())
        return u"validate needs a file; - is standard input"_s;
    if (!line.format.isEmpty() && line.format != u"jsonl" && line.format != u"csv")
        return u"--format is jsonl or csv"_s;
    static const QRegularExpression row(u"^[1-9][0-9]{0,17}:[0-9a-f]{64}$"_s);
    if (!line.holds.isEmpty() && (line.command != Command::Audit || line.operands.first() != u"verify" || !row.match(line.holds).hasMatch()))
        return u"--holds NUMBER:HASH is a row that audit verify printed"_s;
    if ((!line.since.isEmpty() || !line.tool.isEmpty() || !line.format.isEmpty()) && line.command != Command::Audit)
        return u"--since, --tool and --format belong to audit"_s;
    if (const QString problem = registrationProblem(line); !problem.isEmpty())
        return problem;
    if (line.http.isAsked() && line.command != Command::Serve)
        return u"--http serves; it goes with no command"_s;
    return line.http.problem(line.configFile.isEmpty() && !line.localDev);
}

} // namespace

CommandLine CommandLine::read(const QStringList &arguments)
{
    CommandLine line;
    for (qsizetype i = 0; i < arguments.size() && line.problem.isEmpty(); ++i) {
        const QString &argument = arguments[i];
        if (takeNames(line, arguments, i) || takeValue(line, arguments, i))
            continue;
        if (argument == u"--help" || argument == u"-h") {
            line.command = Command::Help;
            return line;
        }
        if (argument == u"--version")
            line.command = Command::Version;
        else if (argument == u"--no-auth")
            line.http.noAuth = true;
        else if (argument == u"--allow-remote")
            line.http.allowRemote = true;
        else if (argument == u"--local_dev" || argument == u"--local-dev")
            line.localDev = true;
        else if (argument == u"--read-only")
            line.offered.readOnly = true;
        else if (argument != u"--stdio" && !takeSwitch(line, argument) && !takeWord(line, argument))
            line.problem = u"Unknown argument: %1"_s.arg(argument);
    }
    if (const conductor::Result<Selection> offered = line.offered.checked(); offered)
        line.offered = *offered;
    else if (line.problem.isEmpty())
        line.problem = conductor::sentence(offered.error());
    if (line.problem.isEmpty())
        line.problem = problemOf(line);
    return line;
}

QString helpText()
{
    return u"conductor-mcp [SERVER]                    serve an AI client on stdin and stdout\n"
           "conductor-mcp --http [ADDRESS:]PORT [SERVER]    serve over HTTP, at /mcp\n"
           "conductor-mcp doctor [SERVER]             check the connection, say what to mend\n"
           "conductor-mcp tools [--json]              the tools, and what they cost a model\n"
           "conductor-mcp call TOOL [JSON] [SERVER] [--json]   call one; - reads the JSON\n"
           "conductor-mcp audit list|export|verify    the calls that were made:\n"
           "    [--since 7d] [--tool TOOL] [--format jsonl|csv]\n"
           "conductor-mcp validate FILE... [--json]   check workflow definitions offline\n"
           "conductor-mcp clients [--json]            the AI clients here, how they stand\n"
           "conductor-mcp register|unregister CLIENT...|--all [--profile NAME] [--dry-run]\n"
           "SERVER, the first that is given counts:\n"
           "  --profile NAME   a server kept by Conductor Companion, its key in the keychain\n"
           "  --config FILE    a JSON file with CONDUCTOR_SERVER_URL and, if it wants them,\n"
           "                   CONDUCTOR_AUTH_KEY and CONDUCTOR_AUTH_SECRET\n"
           "  --local_dev      http://localhost:8080/api, without a key\n"
           "  else the file in CONDUCTOR_CONFIG_PATH, else CONDUCTOR_SERVER_URL (key and\n"
           "  secret beside it in the environment), else the default profile\n"
           "\n"
           "HTTP: clients show the profile's token, made by the companion, or that of\n"
           "      --token-file FILE; or nothing with --no-auth, on this machine only\n"
           "      --allow-remote     before an ADDRESS that other machines can reach\n"
           "--toolsets A,B, --tools A,B, --exclude-tools A,B, --read-only: offer less\n"
           "--log-level debug|info|warning|error, --log-file FILE, --help, --version\n"
           "All of it: man conductor-mcp\n"_s;
}

} // namespace mcp
