// What AI clients may do with a server, as its profile says: which tools there are, and which calls are asked about. Each change is
// handed on at once. The detail of a server owns it.
#pragma once

#include "conductor/profile/profile.h"
#include "mcp/policy/policy.h"

#include <QWidget>

#include <map>
#include <optional>

class QCheckBox;
class QComboBox;
class QLabel;
class QSpinBox;

namespace app {

class NoteLine;

class PolicyPanel : public QWidget
{
    Q_OBJECT

public:
    explicit PolicyPanel(QWidget *parent = nullptr);

    void show(const conductor::Profile &profile);
    using QWidget::show;

Q_SIGNALS:
    void chosen(const QJsonObject &section); // what the profile's section is to be

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void build();
    QWidget *buildToolsets();
    QWidget *buildVerdicts();
    void showTools();
    void keep();
    void keepTools();

    QJsonObject m_section;
    mcp::Policy m_policy;
    std::optional<mcp::Selection> m_weighed;

    QComboBox *m_tools;
    QWidget *m_toolsets;
    std::map<QString, QCheckBox *> m_toolset;
    QLabel *m_weight;
    QCheckBox *m_readOnly;
    std::map<mcp::Effect::Kind, QComboBox *> m_verdicts;
    QSpinBox *m_freeRuns;
    QCheckBox *m_freeDescriptions;
    QWidget *m_all; // what can be changed while the section can be read
    NoteLine *m_note;
};

// The section with this policy in it; keys that no policy has stay as they are.
QJsonObject sectionWith(const QJsonObject &section, const mcp::Policy &policy);

} // namespace app
