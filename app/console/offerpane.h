// One kind of what a server offers: the list, the form for the selected one, and what came back. The console page owns it and does
// the asking.
#pragma once

#include "app/console/offermodel.h"

#include <QWidget>

class QCheckBox;
class QLabel;
class QPushButton;
class QTimer;

namespace app {

class ArgumentForm;
class ElidedLabel;
class ResultPane;
class Table;

class OfferPane : public QWidget
{
    Q_OBJECT

public:
    explicit OfferPane(OfferModel::What what, QWidget *parent = nullptr);

    void show(std::vector<Offered> offered); // the selected one stays while it is there
    using QWidget::show;
    void setReady(bool ready);     // somebody is there to be asked
    void setRunning(bool running); // one call at a time
    void setWatched(const QStringList &addresses);
    void setSwitchable(bool switchable); // the profile is there to be changed

    bool select(const QString &name, const QJsonObject &arguments = {}); // false when it is not offered
    const Offered *selected() const;
    QString address() const; // of the selected resource, with what is written
    void call();             // as the button does, while it can
    ResultPane &result() { return *m_result; }
    void offerCompletions(const QString &argument, const QStringList &values);
    void focusContent();

Q_SIGNALS:
    void called(const app::Offered &offered, const QJsonObject &arguments);
    void cancelled();
    void completionWanted(const app::Offered &offered, const QString &argument, const QString &typed, const QJsonObject &others);
    void watchWanted(const QString &address, bool watch);
    void switched(const QString &tool, bool on);

private:
    QWidget *buildForm();
    void buildColumns();
    void showSelected();
    void watch();
    void updateButtons();

    OfferModel::What m_what;
    OfferModel *m_model;
    Table *m_table;
    ElidedLabel *m_title;
    QLabel *m_description;
    QCheckBox *m_switch;
    ArgumentForm *m_form;
    QPushButton *m_call;
    QPushButton *m_cancel;
    QPushButton *m_json;
    QPushButton *m_watch;
    QWidget *m_right;
    QLabel *m_nothing;
    ResultPane *m_result;
    QTimer *m_pause; // in typing
    QString m_shown; // name of what the form is for
    QString m_typedArgument;
    QStringList m_watched;
    bool m_ready = false;
    bool m_running = false;
    bool m_switchable = false;
};

} // namespace app
