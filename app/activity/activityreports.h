// What leaves the activity page: whether the audit's chain holds, its calls as a file, a story as a file. Tells in the page's message
// bar how it went. The activity page owns it.
#pragma once

#include "app/activity/auditreader.h"
#include "app/widgets/savepath.h"

class QWidget;

namespace app {

class LoadingBar;
class MessageBar;

class ActivityReports : public QObject
{
    Q_OBJECT

public:
    ActivityReports(AuditReader &reader, AskSavePath askPath, MessageBar &message, LoadingBar &loading, QWidget *parent);

    conductor::Reply<conductor::Done> verify();
    conductor::Reply<conductor::Done> exportAs(AuditReader::Format format, mcp::AuditQuery wanted);
    conductor::Reply<conductor::Done> saveStory(QString markdown);

private:
    QWidget *m_parent;
    AuditReader &m_reader;
    AskSavePath m_askPath;
    MessageBar &m_message;
    LoadingBar &m_loading;
};

} // namespace app
