// Starts a run of a definition: its version, its input as JSON, a correlation id. What was filled in stays when it fails. The
// desk owns it.
#pragma once

#include "app/definitions/definitionwork.h"

#include <QPointer>
#include <QWidget>

class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;

namespace app {

class JsonEditor;
class MessageBar;
class NoteLine;

class RunForm : public QWidget
{
    Q_OBJECT

public:
    explicit RunForm(QWidget *parent = nullptr);

    // The input is filled in anew unless somebody wrote in it for the same workflow.
    void begin(DefinitionWork *work, const OpenedDefinition &opened, bool hasUnsavedChanges);

Q_SIGNALS:
    void started(const QString &executionId, const QString &name);
    void cancelled();

private:
    void build();
    void fill(const conductor::WorkflowDefinition &definition);
    void checkInput();
    void order();
    void setStarting(bool starting);
    conductor::Reply<conductor::Done> chooseVersion(int version);
    conductor::Reply<conductor::Done> start(conductor::StartOrder order);

    QPointer<DefinitionWork> m_work;
    quint64 m_turn = 0; // counts what was begun

    QString m_name;
    QString m_filled; // what the input was filled in with
    QLabel *m_title;
    NoteLine *m_unsaved;
    MessageBar *m_message;
    QComboBox *m_version;
    QLineEdit *m_correlation;
    JsonEditor *m_input;
    NoteLine *m_complaint;
    QPushButton *m_cancel;
    QPushButton *m_start;
};

} // namespace app
