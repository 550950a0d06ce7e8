// The arguments of a call as a form made from their schema, or as JSON for the whole. Whoever calls owns it.
#pragma once

#include "conductor/base/result.h"

#include <QJsonObject>
#include <QWidget>

#include <vector>

class QLabel;
class QPlainTextEdit;
class QStackedWidget;
class QVBoxLayout;

namespace app {

class ArgumentField;
class NoteLine;

class ArgumentForm : public QWidget
{
    Q_OBJECT

public:
    explicit ArgumentForm(QWidget *parent = nullptr);

    void show(const QJsonObject &schema); // an empty form
    using QWidget::show;
    void fill(const QJsonObject &arguments); // what no field takes leads to JSON

    // Errors: Validation; the fields say what is wrong with them, and the first has the focus.
    conductor::Result<QJsonObject> arguments();
    QJsonObject texts() const; // those that are written, as far as they are

    bool isJson() const;
    bool setJson(bool json); // false when what is written keeps it from changing

    void offer(const QString &name, const QStringList &values);

Q_SIGNALS:
    void typedIn(const QString &name, const QString &text);
    void entered();
    void modeChanged();

private:
    conductor::Result<QJsonObject> written() const;
    void buildFields();
    void become(bool json);

    QJsonObject m_schema;
    std::vector<ArgumentField *> m_fields;
    QVBoxLayout *m_layout;
    QLabel *m_none;
    QStackedWidget *m_stack;
    QPlainTextEdit *m_json;
    NoteLine *m_complaint;
};

} // namespace app
