#include "conformance/fixtures.h"

#include <QJsonArray>
#include <QJsonDocument>

using namespace Qt::StringLiterals;
using namespace conductor;
using namespace mcp;

namespace fixtures {
namespace {

QJsonObject string(const QString &fallback = {})
{
    QJsonObject schema{{u"type"_s, u"string"_s}};
    if (!fallback.isEmpty())
        schema[u"default"] = fallback;
    return schema;
}

QJsonArray titled(const QString &noun)
{
    QJsonArray options;
    int number = 0;
    for (const QString &ordinal : {u"First"_s, u"Second"_s, u"Third"_s})
        options << QJsonObject{{u"const"_s, u"value%1"_s.arg(++number)}, {u"title"_s, QString(ordinal + u' ' + noun)}};
    return options;
}

Question form(const QString &key, const QString &words, const QJsonObject &properties, const QJsonArray &required)
{
    return {key, u"elicitation/create"_s,
            {{u"message"_s, words}, {u"requestedSchema"_s, QJsonObject{{u"type"_s, u"object"_s}, {u"properties"_s, properties}, {u"required"_s, required}}}}};
}

Question sample(const QString &key, const QString &words)
{
    const QJsonObject message{{u"role"_s, u"user"_s}, {u"content"_s, QJsonObject{{u"type"_s, u"text"_s}, {u"text"_s, words}}}};
    return {key, u"sampling/createMessage"_s, {{u"messages"_s, QJsonArray{message}}, {u"maxTokens"_s, 100}}};
}

Question roots(const QString &key)
{
    return {key, u"roots/list"_s, {}};
}

Question nameForm()
{
    Question question = form(u"user_name"_s, u"What is your name?"_s, {{u"name"_s, string()}}, {u"name"_s});
    question.mustBeAsked = false; // one scenario answers without being asked
    return question;
}

QString compact(const QJsonObject &json)
{
    return QString::fromUtf8(QJsonDocument(json).toJson(QJsonDocument::Compact));
}

// Asks all of it at once, and says what came back.
using Describe = std::function<QString(const QJsonObject &answers)>;
Reply<Answer> askAll(Call call, std::vector<Question> questions, std::shared_ptr<const Describe> describe)
{
    const QJsonObject answers = co_await call.client->ask(questions);
    co_return Answer{.text = (*describe)(answers)};
}

std::function<Reply<Answer>(Call)> asking(const std::vector<Question> &questions, Describe describe)
{
    auto shared = std::make_shared<const Describe>(std::move(describe));
    return [questions, shared](Call call) { return askAll(std::move(call), questions, shared); };
}

QString told(const QJsonObject &answers)
{
    return u"Elicitation completed: action=%1, content=%2"_s.arg(answers[u"form"][u"action"].toString(), compact(answers[u"form"][u"content"].toObject()));
}

Reply<Answer> sampleThePrompt(Call call)
{
    const std::vector<Question> questions{sample(u"llm"_s, call.arguments[u"prompt"].toString())};
    const QJsonObject answers = co_await call.client->ask(questions);
    co_return Answer{.text = u"LLM response: "_s + answers[u"llm"][u"content"][u"text"].toString()};
}

Reply<Answer> askTheMessage(Call call)
{
    const std::vector<Question> questions{
        form(u"form"_s, call.arguments[u"message"].toString(), {{u"username"_s, string()}, {u"email"_s, string()}}, {u"username"_s, u"email"_s})};
    const QJsonObject answers = co_await call.client->ask(questions);
    co_return Answer{.text = u"User response: "_s + compact(answers[u"form"].toObject())};
}

Reply<Answer> askInTwoRounds(Call call)
{
    const std::vector<Question> first{form(u"step1"_s, u"What is your name?"_s, {{u"name"_s, string()}}, {u"name"_s})};
    const QJsonObject name = co_await call.client->ask(first);
    const std::vector<Question> second{form(u"step2"_s, u"Which colour do you like?"_s, {{u"color"_s, string()}}, {u"color"_s})};
    const QJsonObject colour = co_await call.client->ask(second);
    co_return Answer{.text = u"%1 likes %2"_s.arg(name[u"step1"][u"content"][u"name"].toString(), colour[u"step2"][u"content"][u"color"].toString())};
}

Reply<Answer> askWhatTheClientCan(Call call)
{
    std::vector<Question> questions;
    if (call.client->can(u"sampling"))
        questions.push_back(sample(u"greeting"_s, u"Say hello"_s));
    if (call.client->can(u"elicitation"))
        questions.push_back(nameForm());
    const QJsonObject answers = co_await call.client->ask(questions);
    co_return Answer{.text = u"%1 answers came"_s.arg(answers.size())};
}

QJsonObject formWithDefaults()
{
    return {{u"name"_s, string(u"John Doe"_s)},
            {u"age"_s, QJsonObject{{u"type"_s, u"integer"_s}, {u"default"_s, 30}}},
            {u"score"_s, QJsonObject{{u"type"_s, u"number"_s}, {u"default"_s, 95.5}}},
            {u"status"_s, QJsonObject{{u"type"_s, u"string"_s}, {u"enum"_s, QJsonArray{u"active"_s, u"inactive"_s, u"pending"_s}}, {u"default"_s, u"active"_s}}},
            {u"verified"_s, QJsonObject{{u"type"_s, u"boolean"_s}, {u"default"_s, true}}}};
}

QJsonObject formOfEnums()
{
    const QJsonArray options{u"option1"_s, u"option2"_s, u"option3"_s};
    return {{u"untitledSingle"_s, QJsonObject{{u"type"_s, u"string"_s}, {u"enum"_s, options}}},
            {u"titledSingle"_s, QJsonObject{{u"type"_s, u"string"_s}, {u"oneOf"_s, titled(u"Option"_s)}}},
            {u"legacyEnum"_s,
             QJsonObject{{u"type"_s, u"string"_s},
                         {u"enum"_s, QJsonArray{u"opt1"_s, u"opt2"_s, u"opt3"_s}},
                         {u"enumNames"_s, QJsonArray{u"Option One"_s, u"Option Two"_s, u"Option Three"_s}}}},
            {u"untitledMulti"_s, QJsonObject{{u"type"_s, u"array"_s}, {u"items"_s, QJsonObject{{u"type"_s, u"string"_s}, {u"enum"_s, options}}}}},
            {u"titledMulti"_s, QJsonObject{{u"type"_s, u"array"_s}, {u"items"_s, QJsonObject{{u"anyOf"_s, titled(u"Choice"_s)}}}}}};
}

void addHandshakeTools(ToolRegistry &registry)
{
    Tool sampling = tool(u"test_sampling"_s, u"Asks the client's model"_s, sampleThePrompt);
    sampling.inputSchema[u"properties"] = QJsonObject{{u"prompt"_s, string()}};
    sampling.inputSchema[u"required"] = QJsonArray{u"prompt"_s};
    registry.add(std::move(sampling));
    Tool elicitation = tool(u"test_elicitation"_s, u"Asks the user"_s, askTheMessage);
    elicitation.inputSchema[u"properties"] = QJsonObject{{u"message"_s, string()}};
    elicitation.inputSchema[u"required"] = QJsonArray{u"message"_s};
    registry.add(std::move(elicitation));
    registry.add(tool(u"test_elicitation_sep1034_defaults"_s, u"Asks with defaults"_s, asking({form(u"form"_s, u"Please check"_s, formWithDefaults(), {})}, told)));
    registry.add(tool(u"test_elicitation_sep1330_enums"_s, u"Asks for choices"_s, asking({form(u"form"_s, u"Please choose"_s, formOfEnums(), {})}, told)));
}

} // namespace

void addAskingTools(ToolRegistry &registry)
{
    addHandshakeTools(registry);
    const auto greet = [](const QJsonObject &answers) { return QString(u"Hello, "_s + answers[u"user_name"][u"content"][u"name"].toString() + u'!'); };
    const auto done = [](const QJsonObject &answers) { return QString(u"Answered: "_s + compact(answers)); };
    const auto add = [&registry](const QString &name, std::function<Reply<Answer>(Call)> call) {
        registry.add(tool(u"test_"_s + name, u"Asks the client, and is called again with its answers"_s, std::move(call)));
    };
    const Question confirm = form(u"confirm"_s, u"Is it right?"_s, {{u"ok"_s, QJsonObject{{u"type"_s, u"boolean"_s}}}}, {u"ok"_s});
    const auto stateOk = [](const QJsonObject &) { return u"state-ok"_s; };
    add(u"missing_capability"_s, asking({sample(u"llm"_s, u"Say hello"_s)}, done));
    add(u"streaming_elicitation"_s, asking({nameForm()}, greet));
    add(u"input_required_result_elicitation"_s, asking({nameForm()}, greet));
    add(u"input_required_result_sampling"_s, asking({sample(u"capital"_s, u"What is the capital of France?"_s)}, done));
    add(u"input_required_result_list_roots"_s, asking({roots(u"client_roots"_s)}, done));
    add(u"input_required_result_request_state"_s, asking({confirm}, stateOk));
    add(u"input_required_result_tampered_state"_s, asking({confirm}, stateOk));
    add(u"input_required_result_multiple_inputs"_s, asking({nameForm(), sample(u"greeting"_s, u"Say hello"_s), roots(u"client_roots"_s)}, done));
    add(u"input_required_result_multi_round"_s, askInTwoRounds);
    add(u"input_required_result_capabilities"_s, askWhatTheClientCan);
}

} // namespace fixtures
