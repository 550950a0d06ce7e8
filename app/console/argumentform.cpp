#include "app/console/argumentform.h"

#include "app/console/argumentfield.h"
#include "app/look/metrics.h"
#include "app/look/textstyle.h"
#include "app/widgets/noteline.h"
#include "conductor/definition/positions.h"
#include "conductor/definition/printer.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QLabel>
#include <QPlainTextEdit>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;
using conductor::Error;
using conductor::Failure;
using conductor::Result;

namespace app {
namespace {

enum StackIndex { fieldsIndex, jsonIndex };
constexpr int mostFields = 200;

} // namespace

ArgumentForm::ArgumentForm(QWidget *parent)
    : QWidget(parent)
    , m_none(new QLabel(tr("It takes no arguments.")))
    , m_stack(new QStackedWidget)
    , m_json(new QPlainTextEdit)
    , m_complaint(new NoteLine)
{
    setTextStyle(*m_none, TextStyle::Hint);
    m_json->setAccessibleName(tr("Arguments as JSON"));
    m_json->setFont(textFont(TextStyle::Mono));
    m_json->setTabChangesFocus(true);
    auto *fields = new QWidget;
    m_layout = new QVBoxLayout(fields);
    m_layout->setContentsMargins(0, 0, 0, 0);
    m_layout->setSpacing(Metrics::groupGap);
    m_layout->addWidget(m_none);
    m_layout->addStretch();
    m_stack->insertWidget(fieldsIndex, fields);
    m_stack->insertWidget(jsonIndex, m_json);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_stack, 1);
    layout->addWidget(m_complaint);
}

void ArgumentForm::show(const QJsonObject &schema)
{
    m_schema = schema;
    m_complaint->say({});
    m_json->setPlainText(u"{\n}"_s);
    buildFields();
    become(schema[u"properties"].toObject().size() > mostFields);
}

// Required ones first, else as the schema has them: by name.
void ArgumentForm::buildFields()
{
    for (ArgumentField *field : m_fields)
        delete field;
    m_fields.clear();
    const QJsonObject properties = m_schema[u"properties"].toObject();
    const QJsonArray required = m_schema[u"required"].toArray();
    QStringList names = properties.keys().mid(0, mostFields);
    std::stable_partition(names.begin(), names.end(), [&](const QString &name) { return required.contains(name); });
    for (const QString &name : std::as_const(names)) {
        auto *field = new ArgumentField(name, properties[name].toObject(), required.contains(name));
        connect(field, &ArgumentField::typedIn, this, [this, name](const QString &text) { Q_EMIT typedIn(name, text); });
        connect(field, &ArgumentField::entered, this, &ArgumentForm::entered);
        m_layout->insertWidget(m_layout->count() - 1, field);
        m_fields.push_back(field);
    }
    m_none->setVisible(names.isEmpty());
}

void ArgumentForm::fill(const QJsonObject &arguments)
{
    m_json->setPlainText(conductor::jsonText(arguments).trimmed());
    for (ArgumentField *field : m_fields)
        field->setValue(arguments[field->name()]);
    m_complaint->say({});
    become(texts() != arguments);
}

// What the fields hold, those that are wrong or empty left out.
QJsonObject ArgumentForm::texts() const
{
    QJsonObject all;
    for (const ArgumentField *field : m_fields) {
        if (const auto value = field->value(); value && *value)
            all[field->name()] = **value;
    }
    return all;
}

Result<QJsonObject> ArgumentForm::written() const
{
    if (!isJson()) {
        QJsonObject all;
        for (const ArgumentField *field : m_fields) {
            const auto value = field->value();
            if (!value)
                return Failure(value.error());
            if (*value)
                all[field->name()] = **value;
        }
        return all;
    }
    const QString text = m_json->toPlainText();
    if (const auto fault = conductor::positionsIn(text).fault)
        return Failure({Error::Kind::Validation, tr("Line %1: %2").arg(fault->at.line).arg(fault->message)});
    const QJsonDocument document = QJsonDocument::fromJson(text.toUtf8());
    if (!document.isObject())
        return Failure({Error::Kind::Validation, tr("The arguments are one JSON object, in braces.")});
    return document.object();
}

Result<QJsonObject> ArgumentForm::arguments()
{
    const Result<QJsonObject> all = written();
    m_complaint->say(all || !isJson() ? QStringList() : QStringList(all.error().message));
    ArgumentField *first = nullptr;
    for (ArgumentField *field : m_fields) {
        const auto value = field->value();
        field->complain(value || isJson() ? QString() : value.error().message);
        if (!value && !first)
            first = field;
    }
    if (!all && isJson())
        m_json->setFocus(Qt::OtherFocusReason);
    else if (!all && first)
        first->setFocus(Qt::OtherFocusReason);
    return all;
}

// What is not shown takes no room.
void ArgumentForm::become(bool json)
{
    m_stack->setCurrentIndex(json ? jsonIndex : fieldsIndex);
    m_json->setSizePolicy(QSizePolicy::Expanding, json ? QSizePolicy::Expanding : QSizePolicy::Ignored);
    m_json->setMinimumHeight(json ? 8 * m_json->fontMetrics().lineSpacing() : 0);
    Q_EMIT modeChanged();
}

bool ArgumentForm::isJson() const
{
    return m_stack->currentIndex() == jsonIndex;
}

bool ArgumentForm::setJson(bool json)
{
    if (json == isJson())
        return true;
    if (json) {
        m_json->setPlainText(conductor::jsonText(texts()).trimmed());
        become(true);
        return true;
    }
    const Result<QJsonObject> all = arguments();
    if (!all)
        return false;
    for (ArgumentField *field : m_fields)
        field->setValue((*all)[field->name()]);
    const bool kept = texts() == *all;
    if (!kept)
        m_complaint->say({tr("The form has no fields for all of this.")});
    become(!kept);
    return kept;
}

void ArgumentForm::offer(const QString &name, const QStringList &values)
{
    for (ArgumentField *field : m_fields) {
        if (field->name() == name)
            field->offer(values);
    }
}

} // namespace app
